/** Whose phones the sandbox's page draws. */
import type { SandboxPerson } from './page/desk.ts';
import { ISSUER, REDEEMER, SEEDED } from './seed.ts';

export const SANDBOX_PEOPLE: readonly SandboxPerson[] = [
  {
    channel: 'sms',
    person: SEEDED.resident,
    role: 'resident',
    hint: 'sandbox.hint.resident.sms',
  },
  {
    channel: 'telegram',
    person: '7000101',
    role: 'resident',
    hint: 'sandbox.hint.resident.telegram',
  },
  {
    channel: 'bluesky',
    person: 'did:plc:sandboxresident2345abcde',
    role: 'resident',
    hint: 'sandbox.hint.resident.bluesky',
  },
  {
    channel: 'sms',
    person: SEEDED.organizer,
    name: ISSUER,
    role: 'organizer',
    hint: 'sandbox.hint.organizer',
  },
  {
    channel: 'sms',
    person: SEEDED.redeemer,
    name: REDEEMER,
    role: 'redeemer',
    hint: 'sandbox.hint.redeemer',
  },
  {
    channel: 'sms',
    person: SEEDED.admin,
    role: 'admin',
    hint: 'sandbox.hint.admin',
  },
];
