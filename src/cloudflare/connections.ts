/**
 * How a city on Cloudflare shares its connections: a Durable Object has six at a time. Two are left to
 * R2 and the other bindings, which wait for one by themselves.
 */
import type { Fetching } from '../city/base.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { createLines, type Line, type LineName, type OutgoingOf } from '../lib/outgoing.ts';
import type { Sending } from '../outbox/sending.ts';

const REQUESTS_AT_ONCE_MAX = 4;

/** A provider that hangs leaves a place to the others, and strangers and readers together as well. */
const OWN: Line = { atOnceMax: 3 };

const LINES: Readonly<Record<LineName, Line>> = {
  account: OWN,
  sms: OWN,
  telegram: OWN,
  typing: { atOnceMax: 1, waitingMax: 0 },
  strangers: { atOnceMax: 2 },
  readers: { atOnceMax: 1, waitingMax: 20 },
};

export const createConnections = (): OutgoingOf => createLines(REQUESTS_AT_ONCE_MAX, LINES);

/** Each request has a time-out of its own, and waits before that: nothing else may end it first. */
const REQUEST_MS_MAX = 5 * MINUTE_MS;

/** More at once would wait for the others, and could no longer be taken back by a STOP. */
export const SENDING: Sending = { atOnceMax: OWN.atOnceMax, msMax: REQUEST_MS_MAX };

/** Each is held up to three times on its way, and the object has 128 MB for everything. */
export const FETCHING: Fetching = {
  places: { inAll: 2, perSender: 1, perChannel: 1, again: 1 },
  msMax: REQUEST_MS_MAX,
};
