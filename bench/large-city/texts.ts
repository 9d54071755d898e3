/** Texts that people send to the city, as Twilio posts them: signed, each once. */
import { setTimeout as pause } from 'node:timers/promises';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { ACCOUNT, CITY_NUMBER, type Form, signed } from '../../test/support/twilio-server.ts';
import { BENCH_PHONE, textersNumber } from '../city.ts';
import type { Beside } from './beside.ts';
import type { Sizes } from './sizes.ts';

const BETWEEN_QUESTIONS_MS = 100;
const TRIES_MAX = 3;

/** When (ms) somebody asked for their balance, and how long it took until the reply was committed. */
type Asked = { readonly from: string; readonly at: number; readonly replyMs: number };

export type Texts = {
  /** Posts a text; resolves once it is stored. */
  readonly post: (from: string, text: string) => Promise<void>;
  /** Posts a text and waits until its reply is committed; how long that took (ms). */
  readonly say: (from: string, text: string) => Promise<number>;
  /**
   * Lets one person after the other ask for their balance, ten in a second, until `done`, whether
   * they were answered or not; resolves when all of them were.
   */
  readonly askUntil: (done: () => boolean) => Promise<readonly Asked[]>;
};

let lastText = 0;

/** `url` is where the city is now; it may be another one after a start. */
export function createTexts(url: () => string, beside: Beside, sizes: Sizes): Texts {
  let asked = 0;
  /** People who wait for nothing else: neither subscribers nor any of the tasks of now. */
  const nextAsker = (): string => {
    const [first, end] = [sizes.subscribers, sizes.people - sizes.joined];
    asked += 1;
    return textersNumber(first + (asked % (end - first)));
  };
  const post = async (from: string, text: string, id = newId()): Promise<void> => {
    const form = {
      MessageSid: id,
      AccountSid: ACCOUNT,
      From: from,
      To: CITY_NUMBER,
      Body: text,
      NumMedia: '0',
      NumSegments: '1',
      ApiVersion: '2010-04-01',
    };
    const answer = await deliver(form, `${url()}${MESSAGE_PATH}`);
    if (answer.status !== 200) throw new Error(`The webhook answered ${answer.status}.`);
  };
  const say = async (from: string, text: string): Promise<number> => {
    const id = newId();
    const startedAt = performance.now();
    const replied = beside.replied(id);
    await post(from, text, id);
    await replied;
    return performance.now() - startedAt;
  };
  return {
    post,
    say,
    askUntil: async (done) => {
      const all: Promise<Asked>[] = [];
      do {
        const [from, at] = [nextAsker(), Date.now()];
        const one = say(from, 'BALANCE').then((replyMs) => ({ from, at, replyMs }));
        all.push(one);
        // What fails is thrown at the end, with the others.
        one.catch(() => undefined);
        await pause(BETWEEN_QUESTIONS_MS);
      } while (!done());
      return Promise.all(all);
    },
  };
}

/** Posts a form as Twilio does, which tries again where the connection breaks. */
async function deliver(form: Form, at: string, tries = 1): Promise<Response> {
  try {
    const answer = await fetch(signed(`${BENCH_PHONE.publicUrl}${MESSAGE_PATH}`, form, { at }));
    await answer.arrayBuffer();
    return answer;
  } catch (error) {
    if (tries === TRIES_MAX) throw error;
    return deliver(form, at, tries + 1);
  }
}

function newId(): string {
  lastText += 1;
  return `SMf${lastText.toString(16).padStart(31, '0')}`;
}
