/**
 * Publishes our lexicons where anybody's software finds them by name: as records of the account
 * that the domain of their names points to. Source: the ATProto specification, Lexicon
 * Publication and Resolution.
 */
import { isDeepStrictEqual } from 'node:util';
import { AtpAgent, XRPCError } from '@atproto/api';
import { brokenBy, type Lexicon } from './lexicon-changes.ts';
import { readLexicons } from './lexicon-release.ts';
import type { Run } from './run.ts';

const COLLECTION = 'com.atproto.lexicon.schema';
/** All of them are named below this one: `org.city-sync.civic.task`. */
const GROUP = 'org.city-sync.civic';
const AUTHORITY = GROUP.split('.').reverse().join('.');
const PAGE = 100;

export type Account = {
  readonly service: string;
  readonly identifier: string;
  readonly password: string;
};

/** The account from the environment, or what is missing, in a sentence. */
export function accountFrom(env: Readonly<Record<string, string | undefined>>): Account | string {
  const missing = ['BLUESKY_IDENTIFIER', 'BLUESKY_PASSWORD'].filter((name) => !env[name]);
  const { BLUESKY_IDENTIFIER: identifier, BLUESKY_PASSWORD: password } = env;
  if (!identifier || !password) {
    return `Set ${missing.join(' and ')}: the account that speaks for ${AUTHORITY}, and an app password of it. BLUESKY_SERVICE is its PDS, https://bsky.social where it is left out.`;
  }
  return { service: env['BLUESKY_SERVICE'] || 'https://bsky.social', identifier, password };
}

/**
 * Writes each lexicon of ours that is new or other than what is published, all in one commit; none
 * when one of them would break a published one. What it did is told in the output.
 */
export async function publishLexicons(
  account: Account,
  lexicons: readonly Lexicon[] | undefined = undefined,
): Promise<Run> {
  try {
    return await publish(account, lexicons ?? (await readLexicons()));
  } catch (error) {
    return { succeeded: false, output: `Nothing was published: ${reason(error, account)}\n` };
  }
}

async function publish(account: Account, lexicons: readonly Lexicon[]): Promise<Run> {
  const agent = new AtpAgent({ service: account.service });
  await agent.login(account);
  const did = agent.assertDid;
  const published = await publishedBy(agent, did);

  const broken = brokenBy(
    [...published.values()].filter(({ id }) => lexicons.some((lexicon) => lexicon.id === id)),
    lexicons,
  );
  if (broken.length > 0) {
    const lines = ['Nothing was published: others already rely on what would change.', ...broken];
    return { succeeded: false, output: `${lines.join('\n')}\n` };
  }

  const steps = lexicons.map((lexicon) => {
    const before = published.get(lexicon.id);
    const state = before === undefined ? 'new' : isSame(before, lexicon) ? 'unchanged' : 'changed';
    return { lexicon, state } as const;
  });
  const writes = steps
    .filter(({ state }) => state !== 'unchanged')
    .map(({ lexicon, state }) => ({
      $type: `com.atproto.repo.applyWrites#${state === 'new' ? 'create' : 'update'}` as const,
      collection: COLLECTION,
      rkey: lexicon.id,
      value: { $type: COLLECTION, ...lexicon },
    }));
  if (writes.length > 0) await agent.com.atproto.repo.applyWrites({ repo: did, writes });
  const output = [
    ...steps.map(({ lexicon, state }) => `${state.padEnd(9)}  ${lexicon.id}`),
    '',
    `They are in the repository of ${did}. They are found by their names while the domain has this DNS record, which only its owner can set:`,
    '',
    `  _lexicon.${AUTHORITY}  TXT  "did=${did}"`,
    '',
  ];
  return { succeeded: true, output: output.join('\n') };
}

/** The lexicons that the account has published, by their names. */
async function publishedBy(agent: AtpAgent, repo: string): Promise<Map<string, Lexicon>> {
  const found = new Map<string, Lexicon>();
  let cursor: string | undefined;
  do {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo,
      collection: COLLECTION,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { value } of data.records) {
      const { $type: _, ...lexicon } = value as Lexicon & { readonly $type: string };
      found.set(lexicon.id, lexicon);
    }
    cursor = data.cursor;
  } while (cursor !== undefined);
  return found;
}

const isSame = (one: Lexicon, other: Lexicon): boolean => isDeepStrictEqual({ ...one }, other);

function reason(error: unknown, { service, identifier }: Account): string {
  if (!(error instanceof XRPCError)) return String(error);
  if (error.status === 401) return `${service} does not let ${identifier} in (${error.message}).`;
  // Below 400 the status is the client's own: it got no answer.
  if (error.status < 400) return `${service} does not answer (${error.message}).`;
  return `${service} answers ${error.status} ${error.error}: ${error.message}.`;
}
