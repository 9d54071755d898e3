import type { City } from '../src/domain/city.ts';
import { NO_LIMITS, TEST_CITY } from '../test/support/city.ts';

/** The city that is measured: any, with a cap that does not end the run. */
export const BENCH_CITY: City = {
  ...TEST_CITY,
  name: 'Benchville',
  operator: 'The benchmark',
  contact: 'bench@city.example',
  policies: {
    ...TEST_CITY.policies,
    cityCap: 1_000_000_000,
    // A few people do the work of thousands, so that nobody waits: no budget may end it.
    budgets: NO_LIMITS,
  },
};

/** The bot that is measured; nobody outside knows it. */
export const BENCH_BOT = {
  token: '7000000001:benchmark-token',
  secret: 'benchmark-secret',
  /** The Telegram id of the first resident; the others follow. */
  firstResident: 5_000_000,
} as const;

/** The number of the resident at `at`, from 0. */
export const residentNumber = (at: number): string => `+1510556${String(at).padStart(4, '0')}`;

/** The city's number at Twilio that is measured; nobody outside knows it. */
export const BENCH_PHONE = {
  accountSid: 'AC00000000000000000000000000000abc',
  authToken: 'benchmark-token',
  number: '+15105550199',
  publicUrl: 'https://city.example',
  announcement:
    'Creek clean-up, Saturday 10am, 20 CITY credits. JOIN 1 to take part. STOP to quit.',
} as const;

/** The number of the one who texts at `at`, from 0: room for a whole town. */
export const textersNumber = (at: number): string => `+1510${String(5_560_000 + at)}`;
