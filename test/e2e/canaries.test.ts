// Secrets that nobody else has go through every flow on every channel: none of them may turn up in
// the public record, on a page, in a file, in the log, in a metric, or in the database's file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/conversation/command.ts';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { createLog } from '../../src/node/log.ts';
import type { SandboxChannel } from '../../src/sandbox/page/page-data.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { type Canary, findCanaries, spellingsOf } from '../support/canaries.ts';
import { openCrowd } from '../support/crowd.ts';
import { exifOf, exifSegment, xmpOf } from '../support/metadata.ts';
import { jpegWith } from '../support/picture-bytes.ts';
import { twoColours } from '../support/pictures.ts';
import { prove } from '../support/prove.ts';
import { publicPlaces } from '../support/public-places.ts';
import { fetchRepository, type PublicRepository } from '../support/repository.ts';
import { openSandbox, type Phone, type TestSandbox } from '../support/sandbox.ts';

const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
const TOKEN = /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
/** Words that are public on purpose: the same search has to find them. */
const PUBLIC = 'pelargonium';

type Resident = {
  readonly channel: SandboxChannel;
  readonly address: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly spanish: boolean;
};

const RESIDENTS: readonly Resident[] = [
  {
    channel: 'sms',
    address: '+15105559371',
    name: 'Zoraida Quillfeather',
    phone: '+15105559382',
    email: 'zoraida.q@quillfeather.example',
    spanish: false,
  },
  {
    channel: 'telegram',
    address: '7000931337',
    name: 'Baltasar Umbrage',
    phone: '+15105559393',
    email: 'baltasar@umbrage.example',
    spanish: true,
  },
  {
    channel: 'bluesky',
    address: 'did:plc:xanthippecanary2345abcd',
    name: 'Xanthippe Ormolu',
    phone: '+15105559404',
    email: 'xan@ormolu.example',
    spanish: false,
  },
];
/** They act for partners, or never get beyond the first question. */
const OTHERS = {
  issuer: { channel: 'telegram', address: 'hyacinth_canary' },
  cafe: { channel: 'bluesky', address: 'wisteria-canary.bsky.social' },
  stranger: { channel: 'sms', address: '+15105559415' },
} as const;

let sandbox: TestSandbox;
let repository: PublicRepository;
let network: Awaited<ReturnType<TestSandbox['network']>>;
const canaries: Canary[] = [];
const keep = (what: string, secret: string): string => {
  if (secret === '') throw new Error(`There is no ${what}.`);
  canaries.push({ what, secret });
  return secret;
};
const keepFrom = (what: string, pattern: RegExp, text: string): string =>
  keep(what, pattern.exec(text)?.[0] ?? '');

async function photoOf(secret: string): Promise<Uint8Array> {
  const thumbnail = await twoColours(16, 12).jpeg().toBuffer();
  const whole = await twoColours(320, 200 + secret.length)
    .withXmp(xmpOf(secret))
    .jpeg()
    .toBuffer();
  return jpegWith(whole, exifSegment(exifOf(secret, thumbnail)));
}

/** Each says all that follows, one after the other. */
async function says(phone: Phone, ...texts: readonly string[]): Promise<string> {
  let answer = '';
  for (const text of texts) answer = await phone.ask(text);
  return answer;
}

/** `+15105559382` as a person writes it. */
const spoken = (phone: string, marks: readonly [string, string, string]): string =>
  [phone.slice(0, 2), phone.slice(2, 5), phone.slice(5, 8), phone.slice(8)]
    .map((part, at) => part + (marks[at] ?? ''))
    .join('');

/** Everything that a resident can do, with what nobody else must know in all of it. */
async function live(resident: Resident, staff: Record<'organizer' | 'cafe', Phone>): Promise<void> {
  const { channel, address, name, phone, email, spanish } = resident;
  const me = sandbox.phone(channel, address);
  const word = (english: string, other: string) => (spanish ? other : english);
  const contact = `${name}, ${spoken(phone, [' (', ') ', '-'])}, ${email}`;
  keep(`${channel} address`, address);
  keep(`${channel} name`, name);
  keep(`${channel} number`, phone);
  keep(`${channel} e-mail`, email);
  const hidden = keep(`${channel} photo`, `${name} at 37.87`);

  // A stranger tells everything before anybody asked, in words that are no command.
  await says(me, word(`My name is ${contact}`, `Hola, me llamo ${contact}`), '?', 'OK');
  await says(me, `what? ${contact}`, phone, email, word('HELP', 'AYUDA'), word('TASKS', 'TAREAS'));
  await says(me, `${word('TASKS', 'TAREAS')} ${name}`, word('TASK 1', 'TAREA 1'));
  await says(me, word('JOIN 1', 'UNIRME 1'), word('DROP 1', 'SOLTAR 1'));
  await says(me, word('JOIN 1', 'UNIRME 1'), word('JOIN 6', 'UNIRME 6'));

  // Evidence: once taken back, then sent, with another that waits for a while.
  const photo = [{ mediaType: 'image/jpeg', bytes: await photoOf(hidden) }];
  const done = word('DONE', 'LISTO');
  const reach = `${spoken(phone, [' ', ' ', ' '])} ${spoken(phone, ['-', '-', '-'])} ${phone} ${email}`;
  await me.ask(`${done} 1 ${PUBLIC} ${reach}`, { media: photo });
  await says(me, 'NO');
  await me.ask(`${done} 1 ${PUBLIC} ${reach}`, { media: photo });
  await says(me, `what about ${contact}?`, 'OK');
  await me.ask(`${done} 1 ${PUBLIC}: ${reach}`, { media: photo });
  await me.ask(`${done} 6 ${PUBLIC}`, { media: photo });

  const { organizer, cafe } = staff;
  const [review] = await organizer.say('REVIEW');
  const number = Number(/\d+/.exec(review?.text ?? '')?.[0]);
  await says(organizer, `APPROVE ${number} call ${reach}`, 'REVIEW', 'ROSTER 1');
  await says(organizer, `REJECT ${number + 1}`, `${reach} or ${email}, please`, 'REVIEW');

  await says(me, word('BALANCE', 'SALDO'), word('HISTORY', 'HISTORIAL'), word('OFFERS', 'OFERTAS'));
  const redeem = word('REDEEM 1', 'CANJEAR 1');
  const released = keepFrom(`${channel} code given back`, CODE, await me.ask(redeem));
  await says(me, word('CODES', 'CODIGOS'), `my code is ${released}`, `${done} 6 ${released}`);
  await says(me, word('JOIN 5', 'UNIRME 5'), `${done} 5 ${PUBLIC}, my code: ${released}`);
  await says(organizer, `APPROVE ${number + 2} you need not send ${released.replace('-', ' ')}`);
  await says(me, `${word('RELEASE', 'LIBERAR')} ${released}`);
  const used = keepFrom(`${channel} code used`, CODE, await me.ask(redeem));
  await says(cafe, `CONFIRM ${used.slice(0, 8)}0`, 'CONFIRM 0000-0000', `CONFIRM ${phone}`);
  await says(cafe, `CONFIRM ${used}`, `CONFIRM ${used.toLowerCase()}`, `CONFIRM ${released}`);
  keepFrom(`${channel} code that is live`, CODE, await me.ask(redeem));

  // Whose account it is: codes, other addresses, a second person on the same phone.
  const [move, link] = [word('MOVE', 'MUDAR'), word('LINK', 'VINCULAR')];
  const renewed = await says(me, `${move} ${word('NEW', 'NUEVO')}`, 'OK');
  const recovery = keepFrom(`${channel} recovery code`, TOKEN, renewed);
  const newNumber = `+1510555947${RESIDENTS.indexOf(resident)}`;
  const other = sandbox.phone('sms', keep(`${channel} new phone`, newNumber));
  await says(other, 'HI', 'OK', `MOVE ${recovery}`, `MOVE ${phone}`);
  await says(
    me,
    'OK',
    link,
    word('UNLINK', 'DESVINCULAR'),
    word('UNLINK 2', 'DESVINCULAR 2'),
    'OK',
  );
  await says(other, 'MOVE NEW', 'OK', `LINK ${recovery}`, 'LINK 123 456');
  await says(me, `my recovery code is ${recovery}`, word('ME 2', 'YO 2'), 'OK', contact);
  await says(me, word('ME 1', 'YO 1'));

  await says(me, word('ME', 'YO'), word('LANG ES', 'IDIOMA EN'), word('LANG EN', 'IDIOMA ES'));
  await says(me, word('STOP', 'ALTO'), `hello? ${contact}`, word('START', 'ALTA'), contact);
}

beforeAll(async () => {
  sandbox = await openSandbox();
  network = await sandbox.network();
  const phoneOf = ({ channel, address }: { channel: SandboxChannel; address: string }) =>
    sandbox.phone(channel, address);
  const admin = sandbox.phone('sms', SEEDED.admin);
  const organizer = sandbox.phone('sms', SEEDED.organizer);
  const cafe = sandbox.phone('sms', SEEDED.redeemer);
  for (const [who, number] of Object.entries(SEEDED)) keep(`seeded ${who}`, number);
  for (const [who, { address }] of Object.entries(OTHERS)) keep(who, address);

  // Partners: names with a number in them are refused, tokens are taken up or left.
  const order = (words: string) => prove((text) => admin.ask(text), words);
  await order('CAP Codornices Creek Friends 4000');
  keepFrom('token that is left', TOKEN, await order('INVITE redeemer Lavender Books'));
  for (const [who, invite] of [
    ['issuer', 'INVITE issuer Aquatic Park Friends'],
    ['cafe', 'INVITE redeemer Bakery on Vine'],
  ] as const) {
    const token = keepFrom(`${who}’s token`, TOKEN, await order(invite));
    const accept = `ACCEPT ${token}`;
    await says(phoneOf(OTHERS[who]), accept, accept.toLowerCase(), `so my token was ${token}`);
  }
  await says(phoneOf(OTHERS.stranger), 'HI', `I am at ${OTHERS.stranger.address}`);

  const number = keep('number in a title', '+15105559437');
  const address = keep('e-mail in a title', 'ask@magnolia.example');
  const when = 'sat 9am-11am';
  for (const [who, text] of [
    [organizer, `ANNOUNCE Call ${number}; 20; ${when}; the creek; 3`],
    [organizer, `ANNOUNCE Weeding; 20; ${when}; ask ${address}; 3`],
    [cafe, `OFFER Cake, call ${number}; 5`],
    [admin, `INVITE issuer Call ${number}`],
  ] as const) {
    expect(await prove((words) => who.ask(words), text)).toMatch(/phone number|e-mail/);
    await who.ask('NO');
  }
  await says(organizer, 'ANNOUNCE', `Weeding ${number}`, 'Weeding', '20', when, address, 'NO');
  // Evidence of what can be done any time is taken at once.
  for (const [task, title] of [
    [5, 'Weeding at the lake'],
    [6, 'Weeding at the pond'],
  ] as const) {
    const line = `ANNOUNCE ${title}; 5; any time until in 7 days; Aquatic Park; 9`;
    expect(await says(organizer, line, 'OK')).toContain(`Announced: task ${task}`);
  }
  await says(cafe, `OFFER Cake; 5; ${number}`, 'OFFER Cake; 5');

  for (const resident of RESIDENTS) await live(resident, { organizer, cafe });
  await says(organizer, 'CLOSE 3', 'ROSTER 1', `CLOSE 1`);
  await sandbox.idle();
  repository = await fetchRepository(network);
});
afterAll(() => sandbox.stop());

describe('of all that was told in confidence', () => {
  it('there is enough: people, numbers, addresses, codes and invitations', () => {
    const kinds = [
      'address',
      'name',
      'number',
      'e-mail',
      'photo',
      'code used',
      'code that is live',
    ];
    for (const { channel } of RESIDENTS) {
      for (const kind of kinds) {
        expect(canaries.map(({ what }) => what)).toContain(`${channel} ${kind}`);
      }
    }
    expect(canaries.length).toBeGreaterThan(35);
  });

  it('nothing is public, in the log or in a metric', async () => {
    const places = await publicPlaces(sandbox, repository);
    expect(Object.keys(places).length).toBeGreaterThan(30);
    for (const [place, content] of Object.entries(places)) {
      expect([place, findCanaries(content, canaries)]).toEqual([place, []]);
    }
  });

  it('nothing stands in the database’s file in plain text', () => {
    expect(findCanaries(sandbox.database(), canaries)).toEqual([]);
  });

  it('and every flow was gone through', () => {
    const count = (name: string) =>
      repository.records.filter(({ uri }) => uri.includes(`/${name}/`)).length;
    expect({
      claims: count('org.city-sync.civic.claim'),
      evidence: repository.records.filter(({ value }) => value['contentType'] === 'evidence')
        .length,
      reviews: count('org.city-sync.civic.review'),
      redemptions: count('org.city-sync.civic.redemption'),
    }).toEqual({ claims: 12, evidence: 9, reviews: 9, redemptions: 3 });
  });
});

describe('the search would find it', () => {
  it('in each spelling, in the middle of anything', () => {
    for (const canary of canaries) {
      for (const spelling of spellingsOf(canary)) {
        expect(findCanaries(`{"a":"b ${spelling}, c"}`, [canary])).not.toEqual([]);
        const bytes = Buffer.from(`\u0000\u00ff${spelling}\u0001`);
        expect(findCanaries(bytes, [canary])).not.toEqual([]);
      }
      for (const before of ['', 'a', 'ab', 'abc', 'abcd']) {
        const packed = Buffer.from(`${before}${canary.secret} and more`).toString('base64');
        expect([canary.what, findCanaries(packed, [canary]).length > 0]).toEqual([
          canary.what,
          true,
        ]);
      }
      expect(findCanaries('nothing of the kind', [canary])).toEqual([]);
    }
  });

  it('where words are public on purpose: in the record, the files, the database', async () => {
    const [words] = [{ what: 'words', secret: PUBLIC }];
    const places = await publicPlaces(sandbox, repository);
    for (const place of ['the records', 'the repository as CAR']) {
      expect([place, findCanaries(places[place] ?? '', [words]).length > 0]).toEqual([place, true]);
    }
    const issuer = { what: 'issuer', secret: 'Aquatic Park Friends' };
    const cake = { what: 'offer', secret: 'Cake' };
    const evidence = { what: 'evidence', secret: PUBLIC };
    const found = findCanaries(sandbox.database(), [issuer, cake, evidence]);
    expect(new Set(found.map((one) => one.split(' ')[0]))).toEqual(
      new Set(['issuer', 'offer', 'evidence']),
    );
    const task = { what: 'task', secret: 'Weeding at the lake' };
    for (const place of ['the page /?lang=en', 'the page /tasks/5?lang=es', '/export/tasks.csv']) {
      expect([place, findCanaries(places[place] ?? '', [task]).length > 0]).toEqual([place, true]);
    }
  });
});

describe('a message that is set aside', () => {
  it('leaves its words in the inbox alone, and nothing of its sender anywhere', async () => {
    const [resident] = RESIDENTS;
    const sender = '+15105559448';
    const secrets = [
      { what: 'sender', secret: sender },
      { what: 'number', secret: resident?.phone ?? '' },
      { what: 'code', secret: '7GK2-M4QX' },
    ];
    const choke: Command = {
      name: 'choke',
      who: 'anyone',
      exact: true,
      run: (_talk, args) => {
        throw new Error(`Cannot make anything of "${args}" by ${sender}.`);
      },
    };
    const crowd = await openCrowd({ commands: [choke] });
    for (const text of ['HI', 'OK', `CHOKE on ${resident?.phone} and 7GK2-M4QX`]) {
      await crowd.ask(sender, text);
    }
    for (const pause of [SECOND_MS, 5 * SECOND_MS]) {
      crowd.clock.time += pause;
      // Somebody else's message has the inbox looked at.
      await crowd.ask(SEEDED.resident, 'HI');
    }
    expect(crowd.store.read.inbox.parked()).toBe(1);
    expect(crowd.errors).toHaveLength(3);
    let logged = '';
    const log = createLog('trace', { write: (line: string) => (logged += line) });
    for (const err of crowd.errors) log.error({ err }, 'Something failed.');
    expect(logged).toContain('Cannot make anything of');
    expect(findCanaries(logged, secrets)).toEqual([]);
    await crowd.close();
  });
});
