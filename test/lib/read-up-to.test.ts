import { describe, expect, it } from 'vitest';
import { readText, readUpTo } from '../../src/lib/read-up-to.ts';

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

describe('the text of a request', () => {
  const posted = (body: string | ReadableStream, headers: Readonly<Record<string, string>> = {}) =>
    new Request('https://city.example', {
      method: 'POST',
      body,
      headers,
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);

  it('is read whole up to the limit, whether or not its length was told', async () => {
    expect(await readText(5, posted('12345'))).toEqual({ ok: true, value: '12345' });
    const told = posted('12345', { 'content-length': '5' });
    expect(await readText(5, told)).toEqual({ ok: true, value: '12345' });
  });

  it('is refused where it is longer, before a byte is read where its length was told', async () => {
    expect(await readText(5, posted('123456'))).toEqual({ ok: false, refusal: 'too-long' });
    const told = posted('123456', { 'content-length': '6' });
    expect(await readText(5, told)).toEqual({ ok: false, refusal: 'too-long' });
    expect(told.bodyUsed).toBe(false);
    // A length beside another way of telling it counts for nothing.
    const both = posted('123456', { 'content-length': '1', 'transfer-encoding': 'chunked' });
    expect(await readText(5, both)).toEqual({ ok: false, refusal: 'too-long' });
  });

  it('is refused where its sender goes away, and where its length is no number', async () => {
    const gone = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    expect(await readText(5, posted(gone))).toEqual({ ok: false, refusal: 'broken-off' });
    const odd = posted('1', { 'content-length': '0x1' });
    expect(await readText(5, odd)).toEqual({ ok: false, refusal: 'broken-off' });
  });
});
