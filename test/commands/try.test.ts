import { test } from 'vitest';
import { ADMIN, ANA, ORGANIZER, openConversation, REDEEMER } from '../support/conversation.ts';
test('x', async () => {
  const c = openConversation();
  const t = async (from: string, text: string, extra = {}) => {
    console.log(`\n${from} > ${text} ${JSON.stringify(extra)}`);
    for (const m of await c.say(from, text, extra)) console.log(`   [${m.segments} ${m.encoding}] ${m.text}\n     ${m.choices.map((x) => `${x.label}=${x.send}`).join(' | ')}`);
    for (const p of [ANA, ORGANIZER, REDEEMER, ADMIN]) for (const m of c.heard(p)) console.log(`   --> ${p} [${m.segments}] ${m.text}`);
  };
  await t(ANA, 'HI'); await t(ANA, 'OK'); await t(ANA, 'JOIN 1'); await t(ANA, 'HELP'); await t(ANA, 'what');
  await t(ANA, '', { pictures: ['ok', 'picture-broken'] }); await t(ANA, 'OK');
  await t(ORGANIZER, 'REVIEW'); await t(ORGANIZER, 'APPROVE 1 great'); await t(ANA, 'BALANCE'); await t(ANA, 'offers'); await t(ANA, 'redeem 1');
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await c.ask(ANA, 'CODES')))?.[0];
  await t(ANA, 'codes'); await t(ANA, 'help'); await t(REDEEMER, `CONFIRM ${code}`); await t(REDEEMER, `CONFIRM ${code}`); await t(REDEEMER, `CONFIRM 7GK2-M4QX`); await t(REDEEMER, `CONFIRM 7GK`);
  await t(ANA, 'HISTORY'); await t(ANA, 'ME'); await t(ANA, 'TASKS'); await t(ANA, 'task 2'); await t(ORGANIZER, 'HELP'); await t(ADMIN, 'HELP'); await t(REDEEMER, 'HELP');
  await t(ORGANIZER, 'ROSTER 1'); await t(ORGANIZER, 'ANNOUNCE Plant trees; 30; sat 9am-11am; 8th St; 10'); await t(ORGANIZER, 'OK');
  await t(ANA, "I'm in 4"); await t(ORGANIZER, 'CLOSE 4');await t(ORGANIZER, 'ANNOUNCE'); await t(ORGANIZER, 'Plant'); await t(ORGANIZER, '-5'); await t(ORGANIZER, '25'); await t(ORGANIZER, 'yesterday 9am'); await t(ORGANIZER, 'mañana a las 9'); await t(ORGANIZER, 'BACK'); await t(ORGANIZER, 'sat 9-11'); await t(ORGANIZER, 'here'); await t(ORGANIZER, '4'); await t(ORGANIZER, 'hmm'); await t(ORGANIZER, 'NO');
  await t(ANA, 'LANG ES'); await t(ANA, 'HELP'); await t(ANA, 'TAREAS'); await t(ANA, 'LISTO'); await t(ANA, 'OFERTAS'); await t(ANA, 'STOP'); await t(ANA, 'HELP'); await t(ANA, 'ALTA');
  await t(REDEEMER, 'OFFER Cake; 10; 5'); await t(REDEEMER, 'OFFER'); await t(REDEEMER, 'Pie'); await t(REDEEMER, '2.5');await t(REDEEMER, '12');await t(REDEEMER, 'any');
  await t(ADMIN, 'INVITE issuer Tree Friends'); await t(ADMIN, 'CAP Tree Friends 300'); await t(ADMIN, 'CAP Tree Friends -3');
  await c.close();
});
