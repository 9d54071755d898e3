/**
 * Makes the data of buttons, of which Telegram allows 64 bytes. A short choice travels in the button
 * itself, signed for one person and a time; a long one is kept here and the button holds its token.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Choice } from '../../conversation/message.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/clock.ts';
import type { Memory } from '../channel.ts';

type Opened =
  | { readonly ok: true; readonly send: string }
  | { readonly ok: false; readonly why: 'too-old' | 'of-other' };

/** `until` counts minutes, in base 36. */
type Sealed = { readonly until: string; readonly send: string; readonly signature: string };

const CALLBACK_BYTES_MAX = 64;
const BUTTON_MS = 7 * DAY_MS;
/** A session with an open question lasts no longer. */
const ANSWER_MS = HOUR_MS;
/** Yes and no answer the last question, and so they must not outlive it. */
const ANSWERS: ReadonlySet<string> = new Set(['OK', 'NO']);
const LINK_MS = 180 * DAY_MS;
const MARK_BYTES = 9;
const TOKEN_BYTES = 16;
const SIGNED = /^s([0-9a-z]{1,8})\.([A-Za-z0-9_-]{12})(.+)$/su;
const KEPT = /^k([A-Za-z0-9_-]{22})$/;

const TOO_OLD = { ok: false, why: 'too-old' } as const;
const OF_OTHER = { ok: false, why: 'of-other' } as const;

export function createButtons(memory: Memory, now: () => number) {
  const bytesOf = (seed: readonly string[], length: number): Buffer =>
    Buffer.from(memory.derive(JSON.stringify(['telegram', ...seed])).subarray(0, length));
  const mark = ({ until, send }: Omit<Sealed, 'signature'>, person: string): string =>
    bytesOf(['button', until, send, person], MARK_BYTES).toString('base64url');
  const isSame = (one: string, other: string): boolean => {
    const [a, b] = [Buffer.from(one), Buffer.from(other)];
    return a.length === b.length && timingSafeEqual(a, b);
  };

  const openKept = (token: string, by: string): Opened => {
    const kept = memory.payload(`telegram:button:${token}`);
    return kept === undefined ? TOO_OLD : checked(JSON.parse(kept), by);
  };

  /** A button of somebody else is told from one that nobody was ever given. */
  const checked = (sealed: Sealed, by: string): Opened => {
    if (!isSame(sealed.signature, mark(sealed, by))) return OF_OTHER;
    const expiresAt = Number.parseInt(sealed.until, 36) * MINUTE_MS;
    return expiresAt < now() ? TOO_OLD : { ok: true, send: sealed.send };
  };

  return {
    /** Makes the data of a choice that is offered to this person. */
    seal: async ({ send }: Choice, to: string): Promise<string> => {
      const validMs = ANSWERS.has(send) ? ANSWER_MS : BUTTON_MS;
      const expiresAt = Math.ceil((now() + validMs) / MINUTE_MS) * MINUTE_MS;
      const until = (expiresAt / MINUTE_MS).toString(36);
      const signature = mark({ until, send }, to);
      const signed = `s${until}.${signature}${send}`;
      if (Buffer.byteLength(signed) <= CALLBACK_BYTES_MAX) return signed;
      const token = bytesOf(['kept', until, send, to], TOKEN_BYTES).toString('base64url');
      const kept = JSON.stringify({ send, until, signature });
      await memory.keepPayload(`telegram:button:${token}`, kept, expiresAt);
      return `k${token}`;
    },
    /** Reads what the person says who pressed it. */
    open: (data: string, by: string): Opened => {
      const [, until = '', signature = '', send = ''] = SIGNED.exec(data) ?? [];
      if (send !== '') return checked({ until, signature, send }, by);
      const [, token] = KEPT.exec(data) ?? [];
      return token === undefined ? TOO_OLD : openKept(token, by);
    },
    /** Makes the payload of a link that says this for whoever follows it. */
    link: async (send: string): Promise<string> => {
      const token = bytesOf(['link', send], TOKEN_BYTES).toString('base64url');
      await memory.keepPayload(`telegram:link:${token}`, send, now() + LINK_MS);
      return token;
    },
    /** Reads what a link says; undefined where it is not ours, or too old. */
    followed: (payload: string) => memory.payload(`telegram:link:${payload}`),
  };
}
