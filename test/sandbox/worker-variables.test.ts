import { expect, test } from 'vitest';
import { readVariables, writeVariables } from '../../src/sandbox/worker-variables.ts';

const TOLD = {
  network: {
    pds: 'http://localhost:1',
    plc: 'http://localhost:2',
    clock: 'http://localhost:3/a-path_1',
    did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
    handle: 'berkeley.test',
    password: 'a-password_1',
  },
  assets: ['base.css', 'sandbox.js'],
};

test('what the worker is told is what it reads, among its other bindings', () => {
  expect(readVariables({ ...writeVariables(TOLD), PLC_URL: '', CITY: {} })).toEqual(TOLD);
});

test('a worker that nobody has told says what sets it', () => {
  const { SANDBOX_DID: _, ...rest } = writeVariables(TOLD);
  expect(() => readVariables(rest)).toThrow(/^SANDBOX_DID is missing: `npm run dev:worker`/);
});
