// Looks at everything that is left after the kills, and says what is wrong: nothing, where the city
// keeps its word.
import { audit } from '../../src/audit/audit.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createNetwork, sha256 } from '../../src/node/audit-network.ts';
import { provenBooks } from '../support/books.ts';
import type { CrashCity } from '../support/crash-city.ts';
import { fetchRepository } from '../support/repository.ts';
import { COFFEE, type Tally } from './town.ts';
import type { WebhookFigures } from './webhooks.ts';

/** What a city promises, in words for whoever reads the result, and what breaks it. */
export type Promised = readonly [what: string, broken: readonly unknown[]];

/** Each promise with what breaks it, once nothing is left to do. */
export async function judge(city: CrashCity, tally: Tally): Promise<readonly Promised[]> {
  return [
    ['The city reported no error', city.errors],
    ...messages(city, tally),
    ...effects(city, tally),
    ...books(city),
    ...(await records(city, tally)),
  ];
}

function messages({ rows, provider, spooled }: CrashCity, tally: Tally): Promised[] {
  const inbox = rows<{ id: number; externalId: string; state: string }>(
    'select id, external_id as externalId, state from inbox',
  );
  const outbox = rows<{ id: number; inboxId: number | null; state: string }>(
    'select id, inbox_id as inboxId, state from outbox',
  );
  const done = new Map(inbox.map((row) => [row.externalId, row]));
  const answered = new Set(outbox.map(({ inboxId }) => inboxId));
  const sent = new Set(provider.received.map(({ id }) => id));
  return [
    ['No message was lost', tally.said.filter((id) => done.get(id)?.state !== 'done')],
    [
      'Every message has an answer',
      tally.said.filter((id) => !answered.has(done.get(id)?.id ?? 0)),
    ],
    ['Every answer was sent', outbox.filter(({ id, state }) => state !== 'sent' || !sent.has(id))],
    ['Everybody heard all in order', outOfOrder(provider.received)],
    ['No picture is left that is published', spooled()],
  ];
}

/** Whoever heard something for the first time after something later. */
function outOfOrder(received: CrashCity['provider']['received']): string[] {
  const last = new Map<string, number>();
  const known = new Set<number>();
  const found: string[] = [];
  for (const { id, to, channel } of received) {
    if (known.has(id)) continue;
    known.add(id);
    const whom = `${channel} ${to ?? 'in public'}`;
    if ((last.get(whom) ?? 0) > id) found.push(whom);
    last.set(whom, id);
  }
  return found;
}

function effects({ rows }: CrashCity, tally: Tally): Promised[] {
  const { residents, holds, releases } = tally;
  const expected = {
    residents,
    claims: residents,
    evidence: residents,
    reviews: residents,
    issues: residents,
    holds,
    burns: residents,
    releases,
    honored: residents,
  };
  const transfers = (code: string) => `(select count(*) from transfers where code = '${code}')`;
  const [found] = rows<Record<keyof typeof expected, number>>(`select
    (select count(*) from persons) - 3 as residents,
    (select count(*) from claims) as claims,
    (select count(*) from evidence) as evidence,
    (select count(*) from reviews where decision = 'approved') as reviews,
    ${transfers('issue')} as issues, ${transfers('hold')} as holds,
    ${transfers('burn')} as burns, ${transfers('release')} as releases,
    (select count(*) from redemptions where state = 'honored') as honored`);
  const names = Object.keys(expected) as (keyof typeof expected)[];
  return [
    [
      'Everything was done once',
      names
        .filter((name) => found?.[name] !== expected[name])
        .map((name) => `${found?.[name]} ${name} and not ${expected[name]}`),
    ],
  ];
}

const books = ({ rows }: CrashCity): Promised[] => [
  ...provenBooks(rows),
  [
    'The database is whole',
    rows<{ integrity_check: string }>('pragma integrity_check').filter(
      (row) => row.integrity_check !== 'ok',
    ),
  ],
];

async function records({ rows, network }: CrashCity, tally: Tally): Promise<Promised[]> {
  const decided = rows<{ uri: string; cid: string }>(
    `select 'at://${network.did}/' || collection || '/' || rkey as uri, cid from records
      where seq in (select max(seq) from records group by collection, rkey)`,
  );
  const repository = await fetchRepository(network);
  const published = new Map(repository.records.map(({ uri, cid }) => [uri, cid]));
  const known = new Set(decided.map(({ uri }) => uri));
  const report = await audit(
    { account: network.did },
    {
      ...createNetwork({ plcUrl: network.plc, blueskyService: network.pds }),
      ...{ sha256, clock: systemClock, withBlobs: true },
    },
  );
  const [totals] = report.totals;
  const redeemed = tally.residents * COFFEE;
  return [
    ['Every record is published', rows("select seq from records where state = 'staged'")],
    [
      'The repository has every record as it was decided',
      decided.filter(({ uri, cid }) => published.get(uri) !== cid),
    ],
    ['It has no other', [...published.keys()].filter((uri) => !known.has(uri))],
    ['The audit finds nothing', report.findings.list],
    [
      'The public totals are what people were told',
      totals?.redeemed === redeemed && totals.onHold === 0 ? [] : [totals],
    ],
  ];
}

/** The same of webhooks that came in copies. */
export function judgeCopies({ webhooks, refused, ...done }: WebhookFigures): readonly Promised[] {
  const differs = (found: number) => (found === webhooks ? [] : [found]);
  return [
    ['Every copy was answered 200', refused === 0 ? [] : [refused]],
    ['Every webhook was one message', differs(done.messages)],
    ['Every message had its effect once', differs(done.claims)],
    ['Every message was answered once', differs(done.answers)],
  ];
}
