// Answers for the loop that the sandbox's guide walks, in the language in which it was asked.
import type { SandboxInbound } from '../../src/sandbox/page/page-data.ts';
import type { Stage } from './memory-page-data.ts';
import { ON_BLUESKY, ON_TELEGRAM, ORGANIZER, REDEEMER, RESIDENT } from './memory-page-data.ts';

const CODE = '7GK2-M4QX';
const CIVIC = 'org.city-sync.civic';

export function loopScript(stage: Stage): (message: SandboxInbound) => void {
  const { say, record } = stage;
  let task: { uri: string; cid: string } | undefined;
  let latest: { uri: string; cid: string } | undefined;
  let spanish = false;
  let agreed = false;

  const write = (name: string, summary: string, value: Readonly<Record<string, unknown>> = {}) => {
    latest = record({ collection: name, summary, value: { subject: latest, ...value } });
    return latest;
  };

  const opening = () => {
    write(`${CIVIC}.city`, 'Berkeley: the city and its policies', { name: 'Berkeley' });
    write(`${CIVIC}.partner`, 'Codornices Creek Friends is an issuer');
    write(`${CIVIC}.partner`, 'Northside Café is a redeemer');
    task = write(`${CIVIC}.task`, 'Task 1: Creek clean-up at Codornices Park', {
      title: 'Creek clean-up at Codornices Park',
      credits: 20,
      slots: 12,
    });
    const text =
      'Creek clean-up at Codornices Park\nSat 28 Nov, 10:00–12:00 · 20 credits · 12 places\nGloves and bags are there. Join here, or text JOIN 1.';
    const join = [{ label: 'Join', send: 'JOIN 1' }];
    say(ON_TELEGRAM, text, { public: true, choices: join });
    say(ON_BLUESKY, text, { public: true });
  };

  const answers: readonly [RegExp, (from: string) => void][] = [
    [
      /^(HI|HOLA)$/,
      (from) =>
        say(
          from,
          spanish
            ? 'City/Sync Berkeley: tareas del barrio, creditos civicos y ofertas locales. Quieres participar? Responde OK.'
            : 'City/Sync Berkeley: local tasks, civic credits, local offers. Want to take part? Reply OK.',
          { choices: [{ label: 'OK', send: 'OK' }] },
        ),
    ],
    [
      /^OK$/,
      (from) => {
        if (task !== undefined && agreed === false && latest?.uri.includes('claim')) {
          agreed = true;
          write('org.hypercerts.context.attachment', 'Evidence 1 of p-7h2k9q4m1x8d for task 1', {
            contentType: 'evidence',
            title: '<img src=x onerror=alert(1)>',
          });
          say(
            from,
            spanish ? 'Gracias. La revision llega pronto.' : 'Thank you. It will be reviewed soon.',
          );
          return;
        }
        say(
          from,
          spanish
            ? 'Listo, ya estas dentro. Frec. varia. Responde AYUDA o ALTO. Envia TAREAS para ver que hay.'
            : "City/Sync Berkeley: you're in. Task alerts & credit updates, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.",
          {
            choices: [{ label: spanish ? 'Tareas' : 'Tasks', send: spanish ? 'TAREAS' : 'TASKS' }],
          },
        );
      },
    ],
    [
      /^(TASKS|TAREAS)$/,
      (from) =>
        say(
          from,
          spanish
            ? '1 Limpieza del arroyo, Codornices Park, sab 28 nov 10:00, 20 creditos, 12 lugares.\n2 Mesa de informacion, Civic Center, dom 29 nov 11:00, 8 creditos, 3 lugares.\nResponde UNIRME 1.'
            : '1 Creek clean-up, Codornices Park, Sat 28 Nov 10:00, 20 credits, 12 free.\n2 Information booth, Civic Center, Sun 29 Nov 11:00, 8 credits, 3 free.\nReply JOIN 1.',
          {
            choices: [1, 2].map((number) => {
              const send = `${spanish ? 'UNIRME' : 'JOIN'} ${number}`;
              return { label: send, send };
            }),
          },
        ),
    ],
    [
      /^(JOIN|UNIRME) \d+$/,
      (from) => {
        write(`${CIVIC}.claim`, 'p-7h2k9q4m1x8d joins task 1', { task });
        say(
          from,
          spanish
            ? 'Estas en la tarea 1: sab 28 nov 10:00, Codornices Park. Despues envia LISTO 1 con una foto.'
            : "You're in task 1: Sat 28 Nov 10:00, Codornices Park. Afterwards send DONE 1 with a photo.",
        );
      },
    ],
    [
      /^(DONE|LISTO) \d+/,
      (from) =>
        say(
          from,
          spanish
            ? 'Tu foto y tu texto seran publicos. De acuerdo? Responde OK.'
            : 'Your photo and words will be public. All right? Reply OK.',
          { choices: [{ label: 'OK', send: 'OK' }] },
        ),
    ],
    [
      /^(REVIEW|REVISAR)$/,
      (from) =>
        say(
          from,
          spanish
            ? '1: p-7h2k9q4m1x8d, tarea 1, una foto. APROBAR 1 o RECHAZAR 1 motivo.'
            : '1: p-7h2k9q4m1x8d, task 1, one photo. APPROVE 1 or REJECT 1 reason.',
          {
            choices: [
              {
                label: spanish ? 'Aprobar 1' : 'Approve 1',
                send: `${spanish ? 'APROBAR' : 'APPROVE'} 1`,
              },
            ],
          },
        ),
    ],
    [
      /^(APPROVE|APROBAR) 1$/,
      (from) => {
        write(`${CIVIC}.review`, 'Evidence 1 is approved', { decision: 'approved' });
        write(`${CIVIC}.transfer`, '20 credits issued to p-7h2k9q4m1x8d', {
          amount: 20,
          code: 'issue',
        });
        say(from, spanish ? 'Aprobado. 20 creditos emitidos.' : 'Approved. 20 credits issued.');
        say(
          RESIDENT,
          spanish
            ? 'Aprobado: +20 creditos. Envia OFERTAS.'
            : 'Approved: +20 credits. Text OFFERS.',
        );
      },
    ],
    [
      /^(BALANCE|SALDO)$/,
      (from) =>
        say(
          from,
          spanish ? '20 creditos disponibles, 0 apartados.' : '20 credits available, 0 held.',
        ),
    ],
    [
      /^(OFFERS|OFERTAS)$/,
      (from) =>
        say(
          from,
          spanish
            ? '1 Un cafe en Northside Café, 15 creditos.\nResponde CANJEAR 1.'
            : '1 A coffee at Northside Café, 15 credits.\nReply REDEEM 1.',
          {
            choices: [
              {
                label: spanish ? 'Canjear 1' : 'Redeem 1',
                send: `${spanish ? 'CANJEAR' : 'REDEEM'} 1`,
              },
            ],
          },
        ),
    ],
    [
      /^(REDEEM|CANJEAR) 1$/,
      (from) => {
        write(`${CIVIC}.transfer`, '15 credits held by p-7h2k9q4m1x8d', {
          amount: 15,
          code: 'hold',
        });
        say(
          from,
          spanish
            ? `Tu codigo: ${CODE}. Muestralo en el mostrador en 15 minutos.`
            : `Your code: ${CODE}. Show it at the counter within 15 minutes.`,
        );
      },
    ],
    [
      /^(CONFIRM|CONFIRMAR) /,
      (from) => {
        write(`${CIVIC}.redemption`, 'A coffee at Northside Café is honored');
        write(`${CIVIC}.transfer`, '15 credits burned by p-7h2k9q4m1x8d', {
          amount: 15,
          code: 'burn',
        });
        say(from, spanish ? 'VALE. Un cafe, 15 creditos.' : 'GIVE IT. A coffee, 15 credits.');
        say(
          RESIDENT,
          spanish ? 'Canjeado en Northside Café. Quedan 5.' : 'Redeemed at Northside Café. 5 left.',
        );
      },
    ],
  ];

  const known = [RESIDENT, ORGANIZER, REDEEMER, ON_TELEGRAM, ON_BLUESKY];
  let open = false;
  return ({ from, text }) => {
    if (!known.includes(from)) return;
    if (!open) {
      open = true;
      opening();
    }
    const words = text.trim().toUpperCase();
    if (/^(HOLA|TAREAS)/.test(words)) spanish = true;
    const found = answers.find(([pattern]) => pattern.test(words));
    if (found === undefined) say(from, 'I know HI, TASKS, BALANCE, OFFERS and HELP.');
    else found[1](from);
  };
}
