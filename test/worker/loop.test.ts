// The whole loop by text messages in real workerd, in both languages, with a picture: from the first
// hello to the coffee. Its public record is on a real PDS, and is proved from outside.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { isolateMb } from '../support/isolate.ts';
import { runTool } from '../support/run-tool.ts';
import { IN_BOTH_LANGUAGES } from '../support/sms-words.ts';
import { openWorkerCity, type WorkerCity } from '../support/worker-city.ts';
import { OPERATOR_TOKEN, openTown, walkLoop } from '../support/worker-town.ts';

let network: LocalNetwork;
let city: WorkerCity;
beforeEach(async () => {
  network = await startLocalNetwork();
  city = await openWorkerCity({
    OPERATOR_TOKEN,
    BLUESKY_SERVICE: network.pds,
    BLUESKY_IDENTIFIER: network.handle,
    BLUESKY_PASSWORD: network.password,
    PLC_URL: network.plc,
  });
});
afterEach(async () => {
  await city.close();
  await network.close();
});

describe.each(IN_BOTH_LANGUAGES)('$title', (words) => {
  test('a resident gets from the first text to the coffee, and everybody can prove it', async () => {
    await openTown(city, words);
    await walkLoop(city, words);
    // The platform gives an isolate 128 MB.
    expect(await isolateMb(city.inspector())).toBeLessThan(128);
    // The picture is the city's, and Twilio does not keep it.
    await expect.poll(() => city.twilio.messages.flatMap(({ media }) => media)).toEqual([]);
    await expect.poll(() => city.backlog()).toBe(0);
    const { code, out, err } = await runTool(runAudit, [network.did, '--blobs'], {
      BLUESKY_SERVICE: network.pds,
      PLC_URL: network.plc,
    });
    expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
    expect(out).toMatch(/issued +20\n +held +10 by people, 0 of them on hold\n +redeemed 10\n/);
    const blobs = `${network.pds}/xrpc/com.atproto.sync.listBlobs?did=${network.did}`;
    expect(await (await fetch(blobs)).json()).toMatchObject({ cids: [expect.any(String)] });
  });
});
