/** MozJPEG, compiled to WebAssembly: the only decoder in the worker, for what Images has drawn. */

import DECODER from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import ENCODER from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import decode, { init as initDecoder } from '@jsquash/jpeg/decode.js';
import encode, { init as initEncoder } from '@jsquash/jpeg/encode.js';
import type { Pixels } from '../media/shrink.ts';

type Decoded = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

type Started = (instance: WebAssembly.Instance) => void;

/** How a program of a bundle is started. What it would print about a picture is nobody's business. */
const startOf = (program: WebAssembly.Module) => ({
  instantiateWasm: (imports: WebAssembly.Imports, started: Started) => {
    const instance = new WebAssembly.Instance(program, imports);
    started(instance);
    return instance.exports;
  },
  print: () => undefined,
  printErr: () => undefined,
});

// A worker may not load a program while it runs: both are in its bundle, and started when needed.
let decoder: Promise<void> | undefined;
let encoder: Promise<void> | undefined;

/** RGB and an opacity, upright. Throws where the bytes are no whole JPEG. */
export async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  decoder ??= initDecoder(startOf(DECODER));
  try {
    await decoder;
    const upright = { preserveOrientation: true };
    const image: Decoded = await decode(new Uint8Array(bytes).buffer, upright);
    return { data: image.data, raw: { width: image.width, height: image.height, channels: 4 } };
  } catch (error) {
    // One that has failed does not work again.
    decoder = undefined;
    throw error;
  }
}

/** A JPEG of nothing but these pixels, which have four channels each; `quality` is of 100. */
export async function encodeJpeg({ data, raw }: Pixels, quality: number): Promise<Uint8Array> {
  encoder ??= initEncoder(startOf(ENCODER));
  try {
    await encoder;
    // In passes it takes twice the time, and is no smaller.
    return new Uint8Array(await encode({ data, ...raw }, { quality, progressive: false }));
  } catch (error) {
    encoder = undefined;
    throw error;
  }
}
