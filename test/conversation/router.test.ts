import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import {
  createRouter,
  route,
  routeUnanswered,
  routeWords,
  type Turn,
} from '../../src/conversation/router.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { LANGUAGES } from '../../src/languages/index.ts';

const router = createRouter(commands, createMatcher(commands, LANGUAGES));

const NO_ROLES = {
  admin: false,
  issuers: [],
  redeemers: [],
  rights: [],
  reviewsInPlaceOf: [],
};

/** A resident's message with no question open, but for what a test says. */
const turn = (text: string, facts: Partial<Turn> = {}): Turn => ({
  text,
  hasPictures: false,
  repliesToTask: false,
  isQuote: false,
  namesUs: false,
  changedAfterMs: null,
  roles: NO_ROLES,
  hasJoined: true,
  isStopped: false,
  question: undefined,
  holdsPhoto: false,
  numbered: undefined,
  answered: null,
  sharesNumber: false,
  sharesLocation: false,
  unread: null,
  ...facts,
});
const decide = (text: string, facts?: Partial<Turn>) => route(router, turn(text, facts));

const NOTHING = { kind: 'nothing' };
const command = (name: string, args = '') => ({ kind: 'command', command: name, args });
const CONSENT = { command: 'hello', step: 'consent' };
const WHICH = { command: 'join', step: 'which' };
const PUBLIC = { command: 'done', step: 'public' };
const STRANGER: Partial<Turn> = { hasJoined: false };

describe('the law', () => {
  test.each([
    ['STOP', 'stop'],
    ['please stop texting me', 'stop'],
    ['no quiero recibir más mensajes', 'stop'],
    ['START', 'start'],
    ['YES', 'start'],
    ['HELP', 'help'],
    ['ayuda', 'help'],
  ])('%s comes before consent and every question', (text, name) => {
    expect(decide(text)).toEqual(command(name));
    if (name === 'start') return;
    expect(decide(text, STRANGER)).toEqual(command(name));
    for (const question of [CONSENT, WHICH, PUBLIC]) {
      expect(decide(text, { question })).toEqual(command(name));
    }
  });

  test('leaves alone who stopped, until they opt in', () => {
    const isStopped = true;
    for (const text of ['HI', 'TASKS', 'STOP', 'HELP', '']) {
      expect(decide(text, { isStopped })).toEqual(NOTHING);
    }
    expect(decide('', { isStopped, unread: 'location' })).toEqual(NOTHING);
    expect(decide('START', { isStopped })).toEqual(command('start'));
  });

  test('is obeyed in silence where the provider has answered', () => {
    const isSilent = true;
    expect(decide('STOP', { answered: 'stop' })).toEqual({ ...command('stop'), isSilent });
    expect(decide('ALTA', { answered: 'start' })).toEqual({ ...command('start'), isSilent });
    expect(decide('INFO', { answered: 'help' })).toEqual(NOTHING);
  });

  test('has words that mean something else within a sentence', () => {
    expect(decide('Stop sign repaired')).toEqual({ kind: 'unknown' });
    expect(decide('Stop sign repaired', { hasPictures: true })).toMatchObject({ kind: 'bare' });
  });

  test('takes YES and START as answers where they are asked for', () => {
    const step = (question: object) => ({ kind: 'step', question });
    expect(decide('YES', { question: PUBLIC })).toEqual(step(PUBLIC));
    expect(decide('START', { question: PUBLIC })).toEqual(command('start'));
    expect(decide('START', { ...STRANGER, question: CONSENT })).toEqual(step(CONSENT));
  });
});

describe('a stranger', () => {
  test.each(['HI', 'TASKS', 'JOIN 12', 'what is this?', ''])(
    'who says %j is asked first',
    (text) => {
      expect(decide(text, STRANGER)).toEqual(command('hello', text));
      expect(decide(text, { ...STRANGER, hasPictures: true })).toEqual(command('hello', text));
    },
  );

  test('may choose a language and take up an invitation first', () => {
    expect(decide('IDIOMA EN', STRANGER)).toEqual({ ...command('lang', 'EN'), language: 'es' });
    expect(decide('espanol', STRANGER)).toMatchObject(command('lang', 'ES'));
    expect(decide('ACCEPT 7GK2', STRANGER)).toMatchObject(command('accept', '7GK2'));
    expect(decide('LANGAUGE ES', STRANGER)).toMatchObject({ command: 'hello' });
  });

  test('answers with yes, no or what is no command; a command begins again', () => {
    const facts = { ...STRANGER, question: CONSENT };
    for (const text of ['ok', 'no', 'YES', 'sounds good']) {
      expect(decide(text, facts)).toEqual({ kind: 'step', question: CONSENT });
    }
    expect(decide('JOIN 12', facts)).toEqual(command('hello', 'JOIN 12'));
    expect(routeUnanswered(router, turn('who?', facts))).toEqual(command('hello', 'who?'));
  });

  test('hears no note about what cannot be read', () => {
    expect(decide('', { ...STRANGER, unread: 'contact' })).toEqual(command('hello'));
  });
});

describe('an open question', () => {
  test.each(['12', 'ok', 'no', 'DONE swept the path', 'the second one, please', ''])(
    'gets %j as its answer',
    (text) => {
      expect(decide(text, { question: WHICH })).toEqual({ kind: 'step', question: WHICH });
    },
  );

  test.each([
    ['TASKS', 'tasks', ''],
    ['join #12', 'join', '#12'],
    ['CONFIRM 7GK2-M4QX', 'confirm', '7GK2-M4QX'],
    ['LINK 123 456', 'link', '123 456'],
  ])('is given up for %s', (text, name, args) => {
    const roles = { ...NO_ROLES, redeemers: ['Café'], rights: ['codes'] as const };
    const decision = { ...command(name, args), language: 'en', endsQuestion: true };
    expect(decide(text, { question: WHICH, roles })).toEqual(decision);
  });

  test('stays open beside another command where its command says so', () => {
    expect(decide('TASKS', { question: PUBLIC })).toEqual({ ...command('tasks'), language: 'en' });
  });

  test('takes no word that is nearly right for a command', () => {
    expect(decide('TASSKS', { question: WHICH })).toMatchObject({ kind: 'step' });
  });

  test('that was not answered leaves the message to be understood by itself', () => {
    const afresh = (text: string, facts: Partial<Turn> = {}) =>
      routeUnanswered(router, turn(text, { question: WHICH, ...facts }));
    expect(afresh('DONE 1 swept')).toMatchObject(command('done', '1 swept'));
    expect(afresh('2', { numbered: 'JOIN 12' })).toEqual({ kind: 'reread', text: 'JOIN 12' });
    expect(afresh('YES')).toEqual(command('ok'));
  });
});

describe('words', () => {
  test('name a command and its language', () => {
    expect(decide('TASKS creek')).toEqual({ ...command('tasks', 'creek'), language: 'en' });
    expect(decide('tareas')).toEqual({ ...command('tasks'), language: 'es' });
    expect(decide('HISTROY')).toEqual({ ...command('history'), language: undefined });
  });

  test('of a role are refused to those without it', () => {
    const roles = { ...NO_ROLES, issuers: ['Friends'], rights: ['reviews'] as const };
    const missing = (who: string) => ({ kind: 'role-missing', who, language: 'en' });
    expect(decide('REVIEW')).toEqual(missing('organizer'));
    expect(decide('REVIEW', { roles })).toMatchObject(command('review'));
    expect(decide('CONFIRM 7GK2-M4QX', { roles })).toEqual(missing('redeemer'));
    expect(decide('CAP Friends 500', { roles })).toEqual(missing('admin'));
    expect(decide('REVIEW', { question: WHICH })).toEqual({
      ...missing('organizer'),
      endsQuestion: true,
    });
  });

  test('that nobody understands are unknown, and HELP UNKNOWN is HELP', () => {
    expect(decide('qwerty asdf')).toEqual({ kind: 'unknown' });
    expect(decide('')).toEqual({ kind: 'unknown' });
    expect(decide('HELP UNKNOWN')).toMatchObject(command('help', 'UNKNOWN'));
  });

  test('stand behind a number of the last answer', () => {
    expect(decide('2', { numbered: 'JOIN 12' })).toEqual({ kind: 'reread', text: 'JOIN 12' });
    expect(decide('2')).toEqual({ kind: 'unknown' });
    expect(routeWords(router, turn('JOIN 12', { numbered: 'TASKS' }))).toMatchObject(
      command('join', '12'),
    );
  });
});

describe('evidence without a word', () => {
  const bare = { kind: 'bare', command: 'done' };

  test('is a picture, and no words without DONE', () => {
    expect(decide('', { hasPictures: true })).toEqual(bare);
    expect(decide('two bags', { hasPictures: true })).toEqual(bare);
    expect(decide('all clean', { repliesToTask: true })).toEqual(NOTHING);
    expect(decide('', { repliesToTask: true })).toEqual(NOTHING);
  });

  test('is none where a command begins the words', () => {
    expect(decide('JOIN', { repliesToTask: true })).toMatchObject(command('join'));
    expect(decide('BALANCE', { hasPictures: true })).toMatchObject(command('balance'));
  });
});

describe('what cannot be read', () => {
  test('is told first, and the words beside it are understood', () => {
    const note = (next: object) => ({ kind: 'unread', unread: 'location', next });
    expect(decide('', { unread: 'location' })).toEqual(note(NOTHING));
    expect(decide('HELP', { unread: 'location' })).toEqual(note(command('help')));
  });

  test('a location says that one is there, but where a place is asked for', () => {
    const shared = { unread: 'location', sharesLocation: true } as const;
    const note = { kind: 'command', command: 'here', args: '' };
    expect(decide('HELP', shared)).toEqual(note);
    expect(decide('', { ...shared, question: WHICH })).toEqual(note);
    const question = { command: 'announce', step: 'where' };
    expect(decide('North gate', { ...shared, question })).toEqual({ kind: 'step', question });
  });

  test('leaves an open question open', () => {
    expect(decide('', { unread: 'other', question: WHICH })).toMatchObject({ next: NOTHING });
  });
});

test('a list of commands without the essential ones is refused', () => {
  const few = commands.filter(({ name }) => name !== 'hello');
  expect(() => createRouter(few, createMatcher(few, LANGUAGES))).toThrow(
    'The command hello is missing.',
  );
});
