/** CARs in files: read piece by piece, so that their size costs no memory. */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes, Sink } from '../audit/bytes.ts';

/** An open file as bytes. */
function bytesOfFile(file: number): Bytes {
  const { size } = fstatSync(file);
  let buffer = new Uint8Array(64 * 1024);
  return {
    size,
    read: (at, length) => {
      if (length > buffer.length) buffer = new Uint8Array(length);
      let read = 0;
      while (read < length) {
        const got = readSync(file, buffer, read, length - read, at + read);
        if (got === 0) break;
        read += got;
      }
      return buffer.subarray(0, read);
    },
  };
}

/** Opens a file to read. Throws what the system says when it cannot. */
export function openFile(path: string): { readonly bytes: Bytes; readonly close: () => void } {
  const file = openSync(path, 'r');
  return { bytes: bytesOfFile(file), close: () => closeSync(file) };
}

/** A new file to write and then to read. Throws when there is one of that name. */
export function createFile(path: string): { readonly sink: Sink; readonly close: () => void } {
  const file = openSync(path, 'wx+', 0o600);
  const append = (chunk: Uint8Array): void => {
    for (let written = 0; written < chunk.length; ) {
      written += writeSync(file, chunk, written, chunk.length - written);
    }
  };
  return { sink: { append, bytes: () => bytesOfFile(file) }, close: () => closeSync(file) };
}

/** The files of one run: at its end all are closed, and what was only for a while goes. */
export function createFiles(temporary: string) {
  const closing: (() => void)[] = [];
  return {
    open: (path: string): Bytes => {
      const { bytes, close } = openFile(path);
      closing.push(close);
      return bytes;
    },
    create: (path: string): Sink => {
      const { sink, close } = createFile(path);
      closing.push(close);
      return sink;
    },
    /** The path of a CAR in a folder of its own, for a while. */
    temporaryCar: (): string => {
      const folder = mkdtempSync(join(temporary, 'city-sync-'));
      closing.push(() => rmSync(folder, { recursive: true, force: true }));
      return join(folder, 'repository.car');
    },
    close: (): void => {
      for (const close of closing.reverse()) close();
    },
  };
}
