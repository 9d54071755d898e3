// Images as it may behave: what the local one does is in pictures.test.ts.
import { describe, expect, test } from 'vitest';
import { createImagesCleaner } from '../../src/cloudflare/pictures.ts';
import { drawnPicture } from '../support/picture-decisions.ts';

type Asked = Parameters<ImageTransformer['transform']>[0];
type Output = Parameters<ImageTransformer['output']>[0];

/** A binding that answers with what `draw` gives for the bytes that it was sent. */
function imagesThat(draw: (bytes: Uint8Array) => Promise<Uint8Array>) {
  const asked: { size?: Asked; output?: Output }[] = [];
  const binding: ImagesBinding = {
    input: (stream) => {
      const call: { size?: Asked; output?: Output } = {};
      asked.push(call);
      const transformer: ImageTransformer = {
        transform: (size) => {
          call.size = size;
          return transformer;
        },
        output: async (output) => {
          call.output = output;
          const sent = new Uint8Array(await new Response(stream).arrayBuffer());
          const drawn = await draw(sent);
          return { response: () => new Response(new Uint8Array(drawn)) };
        },
      };
      return transformer;
    },
  };
  return { binding, asked };
}

const down = () => Promise.reject(new Error('IMAGES_TRANSFORM_ERROR 9523'));

describe('Images', () => {
  test('is asked for a still picture on white, no larger than it was', async () => {
    const { binding, asked } = imagesThat(async (bytes) => bytes);
    expect(await createImagesCleaner(binding)(drawnPicture('jpeg'))).toMatchObject({ ok: true });
    expect(asked).toEqual([
      {
        size: { width: 2048, height: 2048, fit: 'scale-down' },
        output: { format: 'image/jpeg', quality: 92, background: '#ffffff', anim: false },
      },
    ]);
  });

  test('is not asked about a picture that is refused by its head', async () => {
    const { binding, asked } = imagesThat(down);
    await createImagesCleaner(binding)(drawnPicture('moving gif'));
    expect(asked).toEqual([]);
  });

  test('that is down refuses nobody: it is tried again later', async () => {
    const { binding, asked } = imagesThat(down);
    const cleaning = createImagesCleaner(binding)(drawnPicture('png'));
    await expect(cleaning).rejects.toThrow('IMAGES_TRANSFORM_ERROR');
    expect(asked).toHaveLength(3);
  });

  test('that fails once does no harm', async () => {
    let calls = 0;
    const { binding } = imagesThat(async () => {
      calls += 1;
      return calls === 1 ? await down() : drawnPicture('jpeg');
    });
    expect(await createImagesCleaner(binding)(drawnPicture('png'))).toMatchObject({ ok: true });
  });

  test('that draws other pictures and not this one tells that it is broken', async () => {
    const png = drawnPicture('png');
    const { binding } = imagesThat((bytes) =>
      bytes.length === png.length ? down() : Promise.resolve(bytes),
    );
    const cleaned = await createImagesCleaner(binding)(png);
    expect(cleaned).toMatchObject({ refusal: { code: 'picture-broken' } });
  });

  test.each(['wide png', 'photo that is large'])(
    'that gives back "%s" as it went is not used',
    async (name) => {
      const { binding } = imagesThat(async (bytes) => bytes);
      const cleaning = createImagesCleaner(binding)(drawnPicture(name));
      await expect(cleaning).rejects.toThrow('has not scaled');
    },
  );

  test('that leaves a picture on its side is corrected', async () => {
    const { binding } = imagesThat(async (bytes) => bytes);
    const cleaned = await createImagesCleaner(binding)(drawnPicture('jpeg turned 6'));
    expect(cleaned).toMatchObject({ value: { width: 60, height: 80 } });
  });
});
