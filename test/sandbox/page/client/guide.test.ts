import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import {
  codeFor,
  lineFor,
  numberFor,
  progress,
  STEPS,
} from '../../../../src/sandbox/page/client/guide.js';
import { DAY_STEPS, since } from '../../../../src/sandbox/page/client/guide-day.js';
import type { SandboxMessage } from '../../../../src/sandbox/page/page-data.ts';

type Who = 'resident' | 'organizer' | 'redeemer';

let count = 0;
const message = (
  direction: 'in' | 'out',
  text: string,
  more: Partial<SandboxMessage> = {},
): SandboxMessage => {
  count += 1;
  return { id: `m${count}`, direction, text, choices: [], at: '2026-11-22T12:00:00.000Z', ...more };
};

/** How the city answers a step that works, in either language. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^\/?(?:join|.nirme)/i, "You're in. Afterwards send DONE 1. Can't come? DROP 1"],
  [/^(?:done|listo)/i, 'Evidence is public. Reply OK to agree.'],
  [/^approve/i, 'Approved: evidence 1.'],
  [/^aprobar/i, 'Aprobada: evidencia 1.'],
  [/^(?:redeem|canjear)/i, 'Your code: 7gk2-m4qx.'],
  [/^confirm /i, 'GIVE IT: Coffee.'],
  [/^confirmar/i, 'ENTRÉGALO: Café.'],
];
const answerTo = (text: string): string =>
  ANSWERS.find(([says]) => says.test(text))?.[1] ?? 'answer';

const choice = (send: string) => ({ label: send, send });
/** What the city offers with an answer to these words. */
const OFFERED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:hi|hola|done|listo)/i, ['OK', 'NO']],
  [/^(?:tasks|tareas)/i, ['JOIN 1', 'JOIN 2', 'JOIN 3']],
  [/^(?:review|revisar)/i, ['APPROVE 1', 'REJECT 1']],
  [/^(?:offers|ofertas)/i, ['REDEEM 1', 'REDEEM 2']],
];
const offeredFor = (text: string) =>
  (OFFERED.find(([says]) => says.test(text))?.[1] ?? []).map(choice);

const THANKS = message('out', 'Thank you! Your photo is in for task 1, Creek: evidence 1.');

type Told = Record<Who, SandboxMessage[]>;

/** The city's answer, and what it tells the resident beside it. */
function answer(histories: Told, who: Who, text: string): void {
  const choices = offeredFor(text);
  histories[who].push(message('out', answerTo(text), { choices }));
  const isAgreed = histories.resident.some(({ text }) => /^(?:done|listo)/i.test(text));
  if (who === 'resident' && text === 'OK' && isAgreed) histories.resident.push(THANKS);
  if (who === 'organizer' && /^(?:approve|aprobar)/i.test(text)) {
    histories.resident.push(message('out', 'Thank you! Your work was approved.'));
  }
}

/** A story in lines: who says what; every line is answered as when it works. */
const told = (...lines: readonly (readonly [Who, string])[]): Told => {
  const histories: Told = { resident: [], organizer: [], redeemer: [] };
  for (const [who, text] of lines) {
    histories[who].push(message('in', text));
    answer(histories, who, text);
  }
  return histories;
};

const nextId = (histories: ReturnType<typeof told>) =>
  STEPS[progress(histories).index]?.id ?? 'end';

const step = (id: string) => {
  const found = STEPS.find((each) => each.id === id);
  if (found === undefined) throw new Error(`No step ${id}`);
  return found;
};

describe('the guide', () => {
  it.each(LANGUAGES)(
    'leads through the whole loop with its own words in $tag',
    ({ pages, tag }) => {
      const histories = told();
      const walked: string[] = [];
      for (const each of STEPS) {
        expect(nextId(histories)).toBe(each.id);
        const line = lineFor(each, histories, (id) => pages[`guide.${id}.send` as 'guide.hi.send']);
        walked.push(line ?? '');
        histories[each.who].push(message('in', line ?? ''));
        expect(progress(histories)).toMatchObject({ index: STEPS.indexOf(each), waiting: true });
        answer(histories, each.who, line ?? '');
      }
      expect(nextId(histories)).toBe('end');
      expect(walked).toEqual(
        {
          en: [
            'HI',
            'OK',
            'TASKS',
            'JOIN 1',
            'DONE 1',
            'OK',
            'REVIEW 1',
            'APPROVE 1',
            'BALANCE',
            'OFFERS',
            'REDEEM 1',
            'CONFIRM 7GK2-M4QX',
          ],
          es: [
            'HOLA',
            'OK',
            'TAREAS',
            'UNIRME 1',
            'LISTO 1',
            'OK',
            'REVISAR 1',
            'APROBAR 1',
            'SALDO',
            'OFERTAS',
            'CANJEAR 1',
            'CONFIRMAR 7GK2-M4QX',
          ],
        }[tag],
      );
    },
  );

  it('begins with hello and waits for the answer', () => {
    expect(nextId(told())).toBe('hi');
    const sent = { ...told(), resident: [message('in', 'hola')] };
    expect(progress(sent)).toMatchObject({ index: 0, waiting: true });
  });

  it('follows somebody who leaves out what is not needed', () => {
    expect(nextId(told(['resident', 'join 4']))).toBe('done');
    expect(nextId(told(['resident', 'Hi'], ['resident', '/join 4'], ['resident', 'done 4']))).toBe(
      'agree',
    );
    const noQuestion = told(
      ['resident', 'JOIN 1'],
      ['resident', 'DONE 1'],
      ['organizer', 'APPROVE 1'],
    );
    expect(nextId(noQuestion)).toBe('balance');
  });

  it('does not jump ahead for words that come early', () => {
    const unanswered = told(['resident', 'HI'], ['resident', 'BALANCE']);
    expect(nextId(unanswered)).toBe('tasks');
    unanswered.resident.push(message('out', 'Reply OK first.', { choices: [choice('OK')] }));
    expect(nextId(unanswered)).toBe('consent');
    expect(nextId(told(['redeemer', 'CONFIRM 7GK2-M4QX']))).toBe('hi');
  });

  it('does not take for done what was refused', () => {
    const refused = (who: Who, text: string, answer: string) => {
      const histories = told(['resident', 'HI'], ['resident', 'OK'], ['resident', 'TASKS']);
      if (who !== 'resident' || !text.startsWith('JOIN')) {
        histories.resident.push(message('in', 'JOIN 1'), message('out', 'DONE 1'));
      }
      histories[who].push(message('in', text), message('out', answer));
      return nextId(histories);
    };
    expect(refused('resident', 'JOIN 99', "There's no task 99.")).toBe('join');
    expect(refused('resident', 'DONE 1', 'Send a photo of the work now.')).toBe('done');
    expect(refused('organizer', 'APPROVE 1', 'There is no evidence 1.')).toBe('done');
    expect(refused('redeemer', 'CONFIRM AAAA-BBBB', 'DO NOT GIVE IT.')).toBe('done');
  });

  it('takes a bare photo for evidence', () => {
    const histories = told(['resident', 'JOIN 2']);
    const pictures = ['/sandbox/pictures/1'];
    const choices = [choice('OK')];
    histories.resident.push(message('in', '', { pictures }), message('out', 'OK?', { choices }));
    expect(nextId(histories)).toBe('agree');
  });

  it('understands without accents, in any case', () => {
    expect(nextId(told(['resident', 'Únirme 3']))).toBe('done');
  });

  it('passes by what was skipped', () => {
    const skipped = new Set(['hi', 'consent', 'tasks', 'join']);
    expect(STEPS[progress(told(), skipped).index]?.id).toBe('done');
  });

  it('ends when every step is skipped', () => {
    const all = new Set(STEPS.map(({ id }) => id));
    expect(progress(told(), all).index).toBe(STEPS.length);
  });
});

describe('what the guide fills in', () => {
  it('is the newest code that the resident was given', () => {
    const history = [
      message('out', 'Your code: 7GK2-M4QX.'),
      message('in', 'REDEEM 2'),
      message('out', 'Your code: A1B2-C3D4. Good until 12:30.'),
      message('in', 'thanks ZZZZ-ZZZZ'),
      message('out', 'You are welcome'),
    ];
    const codeIn = (resident: SandboxMessage[]) => codeFor({ ...told(), resident });
    expect(codeIn(history)).toBe('A1B2-C3D4');
    expect(codeIn([])).toBeUndefined();
    expect(codeIn([message('out', 'Call 5105-5501011 or UUUU-OOOO')])).toBeUndefined();
    expect(codeIn([message('out', 'Keep your recovery code: 5YPC-Z3D3-FE7F')])).toBeUndefined();
  });

  it('is no code while there is none', () => {
    expect(lineFor(step('confirm'), told(), () => 'CONFIRM {code}')).toBeUndefined();
  });

  it('is the number that the city offers for the step', () => {
    const histories = told(['resident', 'OFFERS']);
    const choices = ['REDEEM 3', 'REDEEM 1'].map(choice);
    histories.resident.push(message('out', 'Offers', { choices }));
    expect(numberFor(step('redeem'), histories)).toBe('3');
    expect(lineFor(step('redeem'), histories, () => 'CANJEAR {number}')).toBe('CANJEAR 3');
  });

  it('is the task that was joined, for the evidence', () => {
    const histories = told(['resident', 'JOIN 1'], ['resident', 'unirme #12']);
    expect(numberFor(step('done'), histories)).toBe('12');
  });
});

describe('after playing freely, the guide', () => {
  const lineOf = (id: string, histories: Told) =>
    lineFor(step(id), histories, (each) => `${each.toUpperCase()} {number}`);
  const queue = (...numbers: readonly number[]) =>
    message('out', `Evidence ${numbers[0]}`, {
      choices: numbers.map((number) => choice(`APPROVE ${number}`)),
    });
  const sent = (number: number): Told => {
    const histories = told(['resident', 'JOIN 1'], ['resident', 'DONE 1'], ['resident', 'OK']);
    const thanks = `¡Gracias! Llegó tu foto de la tarea 1, Arroyo: evidencia ${number}.`;
    histories.resident.push(message('out', thanks));
    return histories;
  };

  it('approves the evidence of its own story, not what is first in the queue', () => {
    const histories = sent(2);
    expect([nextId(histories), lineOf('review', histories)]).toEqual(['review', 'REVIEW 2']);
    histories.organizer.push(message('in', 'REVIEW'), queue(1));
    expect([nextId(histories), lineOf('approve', histories)]).toEqual(['approve', 'APPROVE 2']);
    histories.organizer.push(message('in', 'APPROVE 1'), message('out', 'Approved: evidence 1.'));
    expect([nextId(histories), lineOf('approve', histories)]).toEqual(['approve', 'APPROVE 2']);
    histories.organizer.push(message('in', 'APPROVE 2'), message('out', 'Approved: evidence 2.'));
    histories.resident.push(message('out', 'Thank you! Your work was approved.'));
    expect(nextId(histories)).toBe('balance');
  });

  it('goes on where somebody else approved it', () => {
    const histories = sent(2);
    histories.resident.push(message('out', 'Thank you! Your work was approved.'));
    expect(nextId(histories)).toBe('balance');
  });

  it('says that there is nothing to approve', () => {
    const histories = told(['resident', 'JOIN 1']);
    histories.resident.push(message('in', 'DONE 1'), message('out', 'Reply OK to agree.'));
    expect(lineOf('review', histories)).toBeUndefined();
    const tried = sent(3);
    tried.organizer.push(message('in', 'APPROVE 3'), message('out', 'There is no evidence 3.'));
    expect([nextId(tried), lineOf('approve', tried)]).toEqual(['review', undefined]);
  });

  it('asks for a photo again when the first was not approved', () => {
    const histories = told(['resident', 'JOIN 1'], ['resident', 'DONE 1'], ['resident', 'OK']);
    histories.resident.push(message('out', 'It was not approved because: "dark"'));
    expect(nextId(histories)).toBe('done');
  });

  it('joins another task where one is full, and one that was left again', () => {
    const histories = told(['resident', 'HI'], ['resident', 'OK'], ['resident', 'TASKS']);
    histories.resident.push(
      message('in', 'JOIN 1'),
      message('out', "Creek is full. You're number 1 on the waitlist. Reply DROP 1 to leave."),
    );
    expect([nextId(histories), lineOf('join', histories)]).toEqual(['join', 'JOIN 2']);
    histories.resident.push(message('in', 'JOIN 2'), message('out', 'Afterwards send DONE 2'));
    expect([nextId(histories), lineOf('done', histories)]).toEqual(['done', 'DONE 2']);
    histories.resident.push(message('in', 'DROP 2'), message('out', 'You left task 2.'));
    expect([nextId(histories), lineOf('join', histories)]).toEqual(['join', 'JOIN 2']);
    histories.resident.push(message('in', 'JOIN 2'), message('out', 'Task 2 is full.'));
    expect(lineOf('join', histories)).toBe('JOIN 3');
    histories.resident.push(message('in', 'JOIN 3'), message('out', 'Task 3 is full.'));
    expect(lineOf('join', histories)).toBeUndefined();
  });

  it('goes on from a task that was joined in other words', () => {
    const histories = told(['resident', 'HI'], ['resident', 'OK'], ['resident', 'TASKS']);
    histories.resident.push(message('in', "I'm in"), message('out', 'Which task?'));
    histories.resident.push(message('in', 'JOIN 1'), message('out', 'You already joined task 1.'));
    expect(nextId(histories)).toBe('done');
  });

  it('takes another code when the first was given back or refused', () => {
    const histories = told(
      ['resident', 'JOIN 1'],
      ['resident', 'DONE 1'],
      ['resident', 'OK'],
      ['organizer', 'REVIEW'],
      ['organizer', 'APPROVE 1'],
      ['resident', 'BALANCE'],
      ['resident', 'OFFERS'],
      ['resident', 'REDEEM 1'],
    );
    expect(nextId(histories)).toBe('confirm');
    const code = codeFor(histories);
    histories.redeemer.push(message('in', `CONFIRM ${code}`), message('out', 'DO NOT GIVE IT.'));
    expect([nextId(histories), codeFor(histories)]).toEqual(['redeem', undefined]);
    histories.resident.push(message('in', 'REDEEM 1'), message('out', 'Your code: A1B2-C3D4.'));
    expect([nextId(histories), codeFor(histories)]).toEqual(['confirm', 'A1B2-C3D4']);
    histories.resident.push(message('in', 'RELEASE a1b2-c3d4'), message('out', 'Given back.'));
    expect(nextId(histories)).toBe('redeem');
  });

  it('is not at its end because another person’s code was taken', () => {
    expect(nextId(told(['resident', 'HI'], ['redeemer', 'CONFIRM A1B2-C3D4']))).toBe('consent');
  });
});

describe('the second chapter', () => {
  const START_MINUTES = 3 * 24 * 60;
  /** Task 2 begins in three days, task 3 later; task 1 has no start. */
  const clocked = () => {
    let passed = 0;
    const starts: Readonly<Record<string, number>> = { 2: START_MINUTES, 3: 2 * START_MINUTES };
    const minutesToTask = (number: string) => {
      const left = (starts[number] ?? 0) - passed;
      return left > 0 ? left : undefined;
    };
    return { minutesToTask, pass: (minutes: number) => (passed += minutes) };
  };
  const first = () =>
    told(
      ...(['HI', 'OK', 'TASKS', 'JOIN 1', 'DONE 1', 'OK'] as const).map(
        (text) => ['resident', text] as const,
      ),
      ['organizer', 'REVIEW 1'],
      ['organizer', 'APPROVE 1'],
      ['resident', 'BALANCE'],
      ['resident', 'OFFERS'],
      ['resident', 'REDEEM 1'],
      ['redeemer', 'CONFIRM 7GK2-M4QX'],
    );
  type Clock = ReturnType<typeof clocked>;
  /** The id of the next step and what it sends. */
  const nextOf = (histories: Told, begin: Record<Who, number>, { minutesToTask }: Clock) => {
    const own = since(histories, begin);
    const { index } = progress(own, new Set(), DAY_STEPS, minutesToTask);
    const next = DAY_STEPS[index];
    if (next === undefined) return ['end'];
    const texts = LANGUAGES[0]?.pages;
    const line = lineFor(
      next,
      own,
      (id) => texts?.[`guide.${id}.send` as 'guide.day-join.send'] ?? '',
      { shown: histories.resident, minutesToTask },
    );
    return [next.id, line];
  };

  it('leads from joining a task with a date to its approval', () => {
    const histories = first();
    const { index, from } = progress(histories);
    expect(index).toBe(STEPS.length);
    const clock = clocked();
    const next = () => nextOf(histories, from, clock);
    const { resident, organizer } = histories;

    expect(next()).toEqual(['day-join', 'JOIN 2']);
    resident.push(message('in', 'JOIN 2'), message('out', "You're in. Afterwards send DONE 2"));
    expect(next()).toEqual(['day-eve', 'To a day before task 2']);
    clock.pass(START_MINUTES - 24 * 60);
    resident.push(
      message('out', 'Coming? Reply OK 2.', { choices: ['OK 2', 'DROP 2'].map(choice) }),
    );
    expect(next()).toEqual(['day-keep', 'OK 2']);
    resident.push(message('in', 'OK 2'), message('out', 'All right, we count on you'));
    expect(next()).toEqual(['day-start', 'To the start of task 2']);
    clock.pass(24 * 60);
    resident.push(message('out', 'Soon: task 2. On site reply HERE and the code.'));
    expect(next()).toEqual(['day-roster', 'ROSTER 2']);
    organizer.push(
      message('in', 'ROSTER 2'),
      message('out', 'Task 2. Check-in code: 0317. To mark'),
    );
    expect(next()).toEqual(['day-here', 'HERE 0317']);
    resident.push(message('in', 'HERE 9999'), message('out', "That's not the code."));
    expect(next()).toEqual(['day-here', 'HERE 0317']);
    resident.push(
      message('in', 'HERE 0317'),
      message('out', "You're checked in for task 2, Booth."),
    );
    expect(next()).toEqual(['day-done', 'DONE 2']);
    resident.push(message('in', 'DONE 2'), message('out', 'Thank you! Task 2: evidence 5.'));
    expect(next()).toEqual(['day-approve', 'APPROVE 5']);
    organizer.push(message('in', 'APPROVE 5'), message('out', 'Approved: evidence 5.'));
    resident.push(message('out', 'Thank you! Your work was approved.'));
    expect(next()).toEqual(['end']);
  });

  it('passes by the day before where that is over, and joins another task where one is full', () => {
    const histories = first();
    const { from } = progress(histories);
    const clock = clocked();
    clock.pass(START_MINUTES - 60);
    histories.resident.push(message('in', 'JOIN 2'), message('out', 'Booth is full.'));
    expect(nextOf(histories, from, clock)).toEqual(['day-join', 'JOIN 3']);
    clock.pass(START_MINUTES);
    histories.resident.push(message('in', 'JOIN 3'), message('out', 'Afterwards send DONE 3'));
    expect(nextOf(histories, from, clock)).toEqual(['day-start', 'To the start of task 3']);
  });

  it('reads the number from a list where nothing is offered by choices', () => {
    const histories = told(['resident', 'HI']);
    histories.resident.push(message('out', '1 Creek: any time\n2 Booth: Thu, Dec 3\nReply MORE'));
    const begin = { resident: 0, organizer: 0, redeemer: 0 };
    expect(nextOf(histories, begin, clocked())).toEqual(['day-join', 'JOIN 2']);
    expect(nextOf(told(), begin, clocked())).toEqual(['day-join', undefined]);
  });
});
