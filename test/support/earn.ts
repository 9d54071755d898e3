// A resident of the sandbox who earns the credits of task 1.
import { expect } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { twoColours } from './pictures.ts';
import type { Phone, TestSandbox } from './sandbox.ts';

/** Joins, does the work and has it approved; the resident's phone. */
export async function earn(sandbox: Pick<TestSandbox, 'phone'>, number: string): Promise<Phone> {
  const resident = sandbox.phone('sms', number);
  const organizer = sandbox.phone('sms', SEEDED.organizer);
  for (const text of ['HI', 'OK', 'JOIN 1']) await resident.ask(text);
  const photo = await twoColours(320, 240).jpeg().toBuffer();
  const media = [{ mediaType: 'image/jpeg', bytes: new Uint8Array(photo) }];
  await resident.ask('DONE 1 Three bags', { media });
  await resident.ask('OK');
  const [review] = await organizer.say('REVIEW');
  const approve = review?.choices.find(({ send }) => send.startsWith('APPROVE'))?.send ?? '';
  expect(await organizer.ask(approve)).toContain('Approved');
  return resident;
}
