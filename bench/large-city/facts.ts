/** The city that is measured, as its settings and its people's numbers say. */
import { randomBytes } from 'node:crypto';
import type { City } from '../../src/domain/city.ts';
import { PLACEHOLDER_DID } from '../../src/lib/placeholder-did.ts';
import { ACCOUNT, AUTH_TOKEN, CITY_NUMBER } from '../../test/support/twilio-server.ts';
import { BENCH_CITY, BENCH_PHONE } from '../city.ts';
import { SENT_PER_SECOND } from './sizes.ts';

/** The same city with texts around the clock: it is measured at any hour. */
export const LARGE_CITY: City = { ...BENCH_CITY, contactHours: { from: 0, to: 24 } };

/** It publishes nothing: its records are taken for published once they are seeded. */
export const LARGE_DID = PLACEHOLDER_DID;

/** The numbers that `foundCity` gives. */
export const ORGANIZER = '+15105550110';
export const reviewersNumber = (at: number): string => `+1510555${String(1000 + at)}`;

export const newSecretKey = (): string => randomBytes(32).toString('base64');

/** What the program reads of its environment. */
export const environmentOf = (facts: {
  readonly databasePath: string;
  readonly cityPath: string;
  readonly secretKey: string;
  readonly twilioUrl: string;
}): Readonly<Record<string, string>> => ({
  PORT: '0',
  LOG_LEVEL: 'error',
  PUBLIC_URL: BENCH_PHONE.publicUrl,
  DATABASE_PATH: facts.databasePath,
  CITY_CONFIG: facts.cityPath,
  SECRET_KEY: facts.secretKey,
  TWILIO_ACCOUNT_SID: ACCOUNT,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TWILIO_FROM: CITY_NUMBER,
  TWILIO_API_BASE_URL: facts.twilioUrl,
  TWILIO_MESSAGES_PER_SECOND: String(SENT_PER_SECOND),
  SMS_SEGMENTS_PER_DAY: '999999999',
});
