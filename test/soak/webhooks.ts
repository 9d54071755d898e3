// Webhooks as a provider sends them that hears no answer: each in one to five copies, half of them
// all at once, to the real HTTP server, signed. Each is taken, and each does its effect once.
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { newPerson, UNLIMITED } from '../support/city.ts';
import { prove } from '../support/prove.ts';
import { openSmsCity, type SmsCity } from '../support/sms-city.ts';
import { PUBLIC_URL } from '../support/sms-phone.ts';
import { type Form, signed } from '../support/twilio-server.ts';
import type { Dice } from './dice.ts';

const COPIES_MAX = 5;
/** So many of them are on their way at a time. */
const AT_ONCE = 32;
/** A connection may be cut just when it is used again: a provider sends once more, on a new one. */
const TRIES = 5;
/** Each person joins so many tasks, and texts no more. */
const TASKS = 4;

/** Posts `webhooks` texts, each of which joins somebody to a task; what came of them. */
export async function postCopies(webhooks: number, dice: Dice) {
  const city = await openSmsCity({
    city: { ...UNLIMITED, policies: { ...UNLIMITED.policies, cityCap: 1_000_000 } },
  });
  const { port, close } = await city.listen();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * COPIES_MAX });
  const figures = { webhooks, requests: 0, refused: 0, atOnce: 0 };
  const post = async (form: Form): Promise<void> => {
    for (let tries = TRIES; ; tries -= 1) {
      figures.requests += 1;
      try {
        if ((await postTo(port, agent, form)) !== 200) figures.refused += 1;
        return;
      } catch (error) {
        if (tries === 0) throw error;
      }
    }
  };
  const postSome = async (form: Form): Promise<void> => {
    const copies = Array.from({ length: 1 + dice.number(COPIES_MAX) }, () => form);
    if (dice.percent(50)) {
      figures.atOnce += 1;
      await Promise.all(copies.map(post));
    } else {
      for (const copy of copies) await post(copy);
    }
  };
  try {
    const queue = await textsOf(city, webhooks);
    const before = counted(city);
    const work = async (): Promise<void> => {
      for (let form = queue.pop(); form !== undefined; form = queue.pop()) await postSome(form);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await city.settle();
    const after = counted(city);
    return {
      ...figures,
      messages: after.messages - before.messages,
      claims: after.claims - before.claims,
      answers: after.answers - before.answers,
    };
  } finally {
    agent.destroy();
    await close();
    await city.close();
  }
}

export type WebhookFigures = Awaited<ReturnType<typeof postCopies>>;

/** People who take part already, and what each of them texts. */
async function textsOf(city: SmsCity, count: number): Promise<Form[]> {
  city.seed();
  await prove((text) => city.say(SEEDED.admin, text), 'CAP Codornices Creek Friends 1000000');
  const tasks: string[] = [];
  for (let at = 0; at < TASKS; at += 1) {
    const line = `ANNOUNCE Paint ${at}; 1; in 7 days 9am-11am; The fence; 10000`;
    await city.say(SEEDED.organizer, line);
    const answer = await city.say(SEEDED.organizer, 'OK');
    tasks.push(/task (\d+)/i.exec(answer)?.[1] ?? '');
  }
  const people = Array.from(
    { length: Math.ceil(count / TASKS) },
    (_, at) => `+1510${6_000_000 + at}`,
  );
  city.run((context) => people.map((person) => newPerson(context, person)));
  return Array.from({ length: count }, (_, at) =>
    city.twilio.receive(people[Math.floor(at / TASKS)] ?? '', `JOIN ${tasks[at % TASKS]}`),
  );
}

function counted({ folder, twilio }: SmsCity) {
  const client = new Sqlite(join(folder, 'city.db'), { readonly: true });
  try {
    const [rows] = client
      .prepare(
        `select (select count(*) from inbox where state = 'done') as messages,
          (select count(*) from claims where state = 'joined') as claims`,
      )
      .all() as { messages: number; claims: number }[];
    const answers = twilio.messages.filter(({ direction }) => direction !== 'inbound').length;
    return { messages: rows?.messages ?? 0, claims: rows?.claims ?? 0, answers };
  } finally {
    client.close();
  }
}

/** Posts a form as Twilio does; the status of the answer. */
function postTo(port: number, agent: Agent, form: Form): Promise<number | undefined> {
  const { headers } = signed(`${PUBLIC_URL}${MESSAGE_PATH}`, form);
  return new Promise((resolve, reject) => {
    request(
      { port, agent, path: MESSAGE_PATH, method: 'POST', headers: Object.fromEntries(headers) },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      },
    )
      .once('error', reject)
      .end(new URLSearchParams(form).toString());
  });
}
