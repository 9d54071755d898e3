import { describe, expect, it } from 'vitest';
import { readUpTo } from '../../src/lib/read-up-to.ts';

const request = (body?: string) =>
  new Request('https://city.example', { method: 'POST', ...(body === undefined ? {} : { body }) });

const textUpTo = async (bytesMax: number, from: Pick<Request, 'body'>) =>
  (await readUpTo(bytesMax, from))?.text();

describe('the body of a request', () => {
  it('is read whole up to the limit', async () => {
    expect(await textUpTo(5, request('12345'))).toBe('12345');
    expect(await textUpTo(5, request())).toBe('');
  });

  it('is not read where it is longer, in bytes', async () => {
    expect(await textUpTo(5, request('123456'))).toBeUndefined();
    expect(await textUpTo(5, request('ñññ'))).toBeUndefined();
  });

  it('keeps letters whole that come in two parts', async () => {
    const bytes = new TextEncoder().encode('añb');
    const parts = [bytes.slice(0, 2), bytes.slice(2)];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    });
    expect(await textUpTo(10, { body: body as ReadableStream<Uint8Array<ArrayBuffer>> })).toBe(
      'añb',
    );
  });
});
