import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { startLocalNetwork } from '../../src/sandbox/network.ts';

const machines = tmpdir();
/** Where these networks write: others of this machine come and go meanwhile. */
let own: string;
beforeEach(() => {
  own = mkdtempSync(join(machines, 'city-sync-test-'));
  process.env['TMPDIR'] = own;
});
afterEach(() => {
  process.env['TMPDIR'] = machines;
  rmSync(own, { recursive: true, force: true });
});
const folders = () => readdirSync(own).filter((name) => name.startsWith('city-sync-network-'));
const resolveHandle = async (pds: string, handle: string): Promise<string> => {
  const answer = await fetch(`${pds}/xrpc/com.atproto.identity.resolveHandle?handle=${handle}`);
  return ((await answer.json()) as { did: string }).did;
};

/** Whether somebody listens there. */
const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('the local network', () => {
  it('is a PDS with the city on it, on loopback alone, and leaves nothing behind', async () => {
    const before = folders();
    const network = await startLocalNetwork('berkeley.test');
    const port = Number(new URL(network.pds).port);
    try {
      expect(await resolveHandle(network.pds, 'berkeley.test')).toBe(network.did);
      const document = await fetch(`${network.plc}/${network.did}`);
      expect(await document.json()).toMatchObject({ id: network.did });
      const outside = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter((address) => !address.internal && address.family === 'IPv4');
      for (const { address } of outside) expect(await isOpen(address, port)).toBe(false);
    } finally {
      await network.close();
    }
    expect(await isOpen('127.0.0.1', port)).toBe(false);
    expect(folders().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('moves its time with the city’s, for nobody but who knows the address', async () => {
    const network = await startLocalNetwork('berkeley.test');
    /** How far (ms) the time of a token is from the machine's. */
    const aheadMs = async (): Promise<number> => {
      const { handle: identifier, password } = network;
      const answer = await fetch(`${network.pds}/xrpc/com.atproto.server.createSession`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier, password }),
      });
      const { accessJwt } = (await answer.json()) as { accessJwt: string };
      const [, claims = ''] = accessJwt.split('.');
      const { iat } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number };
      return iat * SECOND_MS - Date.now();
    };
    const move = async (address: string, body: string) =>
      (await fetch(address, { method: 'POST', body })).status;
    try {
      expect(await move(new URL(network.clock).origin, String(DAY_MS))).toBe(404);
      expect(await move(network.clock, 'tomorrow')).toBe(404);
      expect(await aheadMs()).toBeLessThan(MINUTE_MS);
      expect(await move(network.clock, String(30 * DAY_MS))).toBe(200);
      expect(await aheadMs()).toBeGreaterThan(30 * DAY_MS - MINUTE_MS);
    } finally {
      await network.close();
    }
  });

  it('says why it cannot start', async () => {
    await expect(startLocalNetwork('admin.test')).rejects.toThrow(
      'The local Bluesky network did not start: Reserved handle',
    );
  });
});
