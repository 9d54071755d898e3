// Ten thousand messages mixed from all words there are, sent one by one through the real inbox of a
// city whose people hold what can be lost: nothing breaks, and nothing moves that no phrase of the
// tables explains. `FUZZ_SEED` plays an earlier run again.
import { expect, test } from 'vitest';
import { lookAtBooks } from '../../src/records/books/watch-books.ts';
import { createExplainer, type Open } from '../support/explained.ts';
import { openFuzzCity } from '../support/fuzz-city.ts';
import type { Moved } from '../support/fuzz-look.ts';
import { mixedMessages } from '../support/mixed-messages.ts';
import { runs } from '../support/runs.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 14);
const MESSAGES = runs(1500, 10_000);
const FILLED_EVERY = 250;

/** The commands that may move something of each kind. */
const MOVED_BY: Readonly<Record<string, readonly string[]>> = {
  'transfer.issue': ['approve', 'reject'],
  'transfer.hold': ['redeem'],
  'transfer.burn': ['confirm'],
  'transfer.release': ['release', 'forget'],
  'transfer.adjust': ['agree', 'undo'],
  redemption: ['redeem', 'confirm', 'undo', 'release', 'forget'],
  review: ['approve', 'reject'],
  attachment: ['done', 'forget'],
  claim: ['join', 'drop', 'done', 'approve', 'reject', 'close', 'forget'],
  task: ['announce', 'close', 'approve'],
  activity: ['done', 'close', 'forget'],
  location: ['announce'],
  offer: ['offer', 'price', 'pause'],
  epoch: ['cap', 'announce'],
  partner: ['cap', 'invite', 'uninvite', 'accept', 'forget'],
  authority: ['invite', 'uninvite', 'accept', 'adjust', 'agree', 'move', 'forget'],
  address: ['link', 'unlink', 'move', 'me', 'forget'],
  forgotten: ['forget', 'unlink', 'move', 'link'],
  alerts: ['alerts', 'forget'],
  'consent.alerts': ['alerts'],
  'consent.public-evidence': ['done'],
  'consent.messages': ['start', 'hello', 'me'],
  started: ['start'],
  city: ['forget'],
};
/** What has to move often, or the people here had nothing to lose. */
const OFTEN = [
  ...['transfer.issue', 'transfer.hold', 'transfer.burn', 'review', 'attachment', 'claim'],
  ...['stopped', 'alerts'],
];
const OF_OPTING_OUT = ['stopped', 'consent.stop', 'alerts'];

test(`nothing is done that no words explain (FUZZ_SEED=${SEED})`, async () => {
  const { message, around, pick, below } = mixedMessages(SEED);
  const explain = createExplainer();
  const { say, line, names, openOf, people, fill, steps, city, close } = await openFuzzCity(below);
  const isExplained = (moved: readonly Moved[], text: string, open: Open): boolean => {
    if (moved.some(({ kind }) => kind === 'stopped' || kind === 'consent.stop')) {
      return explain.isOut(text) && moved.every(({ kind }) => OF_OPTING_OUT.includes(kind));
    }
    // 'Redeem 1 and join 3' says two things: each that moved has to be said by one of them.
    const said = [...explain.commands(text, open)];
    return moved.every(({ kind, about }) =>
      said.some(
        ([command, names]) =>
          (MOVED_BY[kind]?.includes(command) === true ||
            (kind === 'consent.messages' && open.question === 'hello.consent')) &&
          (about === undefined || names === undefined || names.includes(about)),
      ),
    );
  };
  const counts: Record<string, number> = {};
  const unexplained: unknown[] = [];
  for (let at = 0; at < MESSAGES; at += 1) {
    if (at % FILLED_EVERY === 0) fill();
    const person = pick(people);
    const open = openOf(person);
    const text =
      [() => message(names()), () => around(line(person), names()), () => line(person)][
        below(3)
      ]?.() ?? '';
    const moved = await say(person, text);
    for (const { kind } of moved) counts[kind] = (counts[kind] ?? 0) + 1;
    if (moved.length > 0 && !isExplained(moved, text, open)) {
      unexplained.push([
        text,
        open.question,
        [
          ...new Set(
            moved.map(({ kind, about }) => (moved.length > 5 ? kind : `${kind} ${about ?? ''}`)),
          ),
        ].join(', '),
      ]);
    }
  }
  expect({
    unexplained: unexplained.slice(0, 20),
    parked: steps.get('message.parked') ?? 0,
  }).toEqual({
    unexplained: [],
    parked: 0,
  });
  for (const kind of OFTEN) expect([kind, (counts[kind] ?? 0) > runs(0, 10)]).toEqual([kind, true]);
  city.run(({ tx, now }) => lookAtBooks(tx, now));
  expect(city.store.read.books.isClosed()).toBe(false);
  await close();
});
