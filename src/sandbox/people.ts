/** Whose phones the sandbox's page draws. */
import type { SandboxPerson } from './page/desk.ts';
import { ISSUER, REDEEMER, SEEDED } from './seed.ts';

export const SANDBOX_PEOPLE: readonly SandboxPerson[] = [
  {
    channel: 'sms',
    person: SEEDED.resident,
    role: 'resident',
    language: 'en',
    hint: {
      en: 'Saw a flyer. Has a basic phone and nothing installed.',
      es: 'Vio un volante. Tiene un teléfono sencillo y nada instalado.',
    },
  },
  {
    channel: 'telegram',
    person: '7000101',
    role: 'resident',
    language: 'es',
    hint: {
      en: 'Follows the channel and taps Join under a task.',
      es: 'Sigue el canal y toca Unirme bajo una tarea.',
    },
  },
  {
    channel: 'bluesky',
    person: 'did:plc:sandboxresident2345abcde',
    role: 'resident',
    language: 'en',
    hint: {
      en: 'Sees the task posted and answers with a photo.',
      es: 'Ve la tarea publicada y responde con una foto.',
    },
  },
  {
    channel: 'sms',
    person: SEEDED.organizer,
    name: ISSUER,
    role: 'organizer',
    language: 'en',
    hint: {
      en: 'Announces tasks and reviews the evidence.',
      es: 'Anuncia tareas y revisa la evidencia.',
    },
  },
  {
    channel: 'sms',
    person: SEEDED.redeemer,
    name: REDEEMER,
    role: 'redeemer',
    language: 'en',
    hint: {
      en: 'Checks a code at the counter and honors it.',
      es: 'Comprueba un código en el mostrador y lo acepta.',
    },
  },
  {
    channel: 'sms',
    person: SEEDED.admin,
    role: 'admin',
    language: 'en',
    hint: {
      en: 'Invites partners and sets their caps.',
      es: 'Invita a socios y fija sus topes.',
    },
  },
];
