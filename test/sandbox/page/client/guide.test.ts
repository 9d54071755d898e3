import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import {
  codeIn,
  lineFor,
  numberFor,
  progress,
  STEPS,
} from '../../../../src/sandbox/page/client/guide.js';
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
  [/^\/?(?:join|.nirme)/i, "You're in. Can't come? DROP 1"],
  [/^(?:done|listo)/i, '¡Gracias! Llegó tu foto.'],
  [/^approve/i, 'Approved: evidence 1.'],
  [/^aprobar/i, 'Aprobada: evidencia 1.'],
  [/^(?:redeem|canjear)/i, 'Your code: 7gk2-m4qx.'],
  [/^confirm /i, 'GIVE IT: Coffee.'],
  [/^confirmar/i, 'ENTRÉGALO: Café.'],
];
const answerTo = (text: string): string =>
  ANSWERS.find(([says]) => says.test(text))?.[1] ?? 'answer';

/** A story in lines: who says what; every line is answered as when it works. */
const told = (...lines: readonly (readonly [Who, string])[]) => {
  const histories: Record<Who, SandboxMessage[]> = { resident: [], organizer: [], redeemer: [] };
  for (const [who, text] of lines)
    histories[who].push(message('in', text), message('out', answerTo(text)));
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
        const template = pages[`guide.${each.id}.send` as 'guide.hi.send'];
        const line = lineFor(each, histories, template);
        walked.push(line ?? '');
        histories[each.who].push(message('in', line ?? ''));
        expect(progress(histories)).toEqual({ index: STEPS.indexOf(each), waiting: true });
        histories[each.who].push(message('out', answerTo(line ?? '')));
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
            'REVIEW',
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
            'REVISAR',
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
    expect(progress(sent)).toEqual({ index: 0, waiting: true });
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
    expect(nextId(told(['resident', 'HI'], ['resident', 'BALANCE']))).toBe('consent');
    expect(nextId(told(['redeemer', 'CONFIRM 7GK2-M4QX']))).toBe('hi');
  });

  it('does not take for done what was refused', () => {
    const refused = (who: Who, text: string, answer: string) => {
      const histories = told(['resident', 'HI'], ['resident', 'OK'], ['resident', 'TASKS']);
      if (who !== 'resident' || !text.startsWith('JOIN')) {
        histories.resident.push(message('in', 'JOIN 1'), message('out', 'DROP 1'));
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
    histories.resident.push(message('in', '', { pictures }), message('out', 'OK?'));
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
    expect(codeIn(history)).toBe('A1B2-C3D4');
    expect(codeIn([])).toBeUndefined();
    expect(codeIn([message('out', 'Call 5105-5501011 or UUUU-OOOO')])).toBeUndefined();
  });

  it('is no code while there is none', () => {
    expect(lineFor(step('confirm'), told(), 'CONFIRM {code}')).toBeUndefined();
  });

  it('is the number that the city offers for the step', () => {
    const histories = told(['organizer', 'REVIEW']);
    const choices = [
      { label: 'Reject 31', send: 'REJECT 31' },
      { label: 'Approve 31', send: 'APPROVE 31' },
    ];
    histories.organizer.push(message('out', 'Evidence 31', { choices }));
    expect(numberFor(step('approve'), histories)).toBe('31');
    expect(lineFor(step('approve'), histories, 'APROBAR {number}')).toBe('APROBAR 31');
  });

  it('is the task that was joined, for the evidence', () => {
    const histories = told(['resident', 'JOIN 1'], ['resident', 'unirme #12']);
    expect(numberFor(step('done'), histories)).toBe('12');
  });
});
