/** The people whose phones the sandbox's page draws. */
import type { SandboxPerson } from './page/page-data.ts';
import { ISSUER, REDEEMER, SECOND_ISSUER, SEEDED } from './seed.ts';

export const SANDBOX_PEOPLE: readonly SandboxPerson[] = [
  { channel: 'sms', person: SEEDED.resident, role: 'resident' },
  { channel: 'telegram', person: '7000101', role: 'resident' },
  { channel: 'bluesky', person: 'did:plc:sandboxresident2345abcde', role: 'resident' },
  { channel: 'sms', person: SEEDED.organizer, name: ISSUER, role: 'organizer' },
  { channel: 'sms', person: SEEDED.secondOrganizer, name: SECOND_ISSUER, role: 'organizer' },
  { channel: 'sms', person: SEEDED.redeemer, name: REDEEMER, role: 'redeemer' },
  { channel: 'sms', person: SEEDED.admin, role: 'admin' },
];
