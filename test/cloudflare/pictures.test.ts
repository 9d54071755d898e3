import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { createImagesCleaner } from '../../src/cloudflare/pictures.ts';

const GIF = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs='), (c) =>
  c.charCodeAt(0),
);

test('a picture', async () => {
  expect(await createImagesCleaner(env.IMAGES)(GIF)).toMatchObject({
    ok: true,
    value: { width: 1 },
  });
  expect(await createImagesCleaner(env.IMAGES)(GIF.subarray(0, 38))).toMatchObject({
    ok: true,
    value: { width: 1 },
  });
});
