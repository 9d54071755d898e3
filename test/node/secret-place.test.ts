// Where the first invitation is shown: to whoever looks, and never in the log.
import { expect, test } from 'vitest';
import { type Outputs, secretPlace } from '../../src/node/secret-place.ts';

const SECRET = 'ACCEPT 7GK2-M4QX-9TBW';

type Streams = 'one' | 'two' | 'two-sockets' | 'none';

function outputs(
  streams: Streams,
  more: { readonly tty?: 'out' | 'err'; readonly journal?: string; readonly terminal?: true } = {},
) {
  const said = { out: '', err: '', terminal: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY: more.tty === name,
    write: (text: string) => {
      said[name] += text;
    },
  });
  const all: Outputs = {
    out: stream('out'),
    err: stream('err'),
    fileOf: (descriptor) =>
      streams === 'none'
        ? undefined
        : {
            dev: 9,
            ino: streams === 'one' ? 40 : 40 + descriptor,
            isSocket: () => streams === 'two-sockets',
          },
    journal: more.journal,
    terminal: () =>
      more.terminal &&
      ((text) => {
        said.terminal += text;
      }),
  };
  const show = secretPlace(all);
  show?.(SECRET);
  return { ...said, isShown: show !== undefined };
}

test('it is shown on the terminal, whichever of the two outputs that is', () => {
  expect(outputs('one', { tty: 'out' }).out).toBe(`${SECRET}\n`);
  expect(outputs('two', { tty: 'err' })).toMatchObject({ out: '', err: `${SECRET}\n` });
});

test('a program that reads the standard output alone reads it, the log being elsewhere', () => {
  expect(outputs('two')).toMatchObject({ out: `${SECRET}\n`, err: '' });
  // A session that belongs to the journal hands the variable on to what it starts.
  expect(outputs('two-sockets', { journal: '9:7' })).toMatchObject({ out: `${SECRET}\n` });
});

test.each([
  ['both outputs are one', 'one', {}],
  ['the standard output is the journal', 'two-sockets', { journal: '9:41' }],
  [
    'the log is the journal, and the standard output another way to it',
    'two-sockets',
    { journal: '9:42' },
  ],
  ['there is no standard output', 'none', {}],
] as const)('it is said nowhere where %s', (_, streams, more) => {
  expect(outputs(streams, more)).toEqual({ out: '', err: '', terminal: '', isShown: false });
  const onTerminal = outputs(streams, { ...more, terminal: true });
  expect(onTerminal).toEqual({ out: '', err: '', terminal: `${SECRET}\n`, isShown: true });
});
