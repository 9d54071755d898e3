import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventHub } from '../../../src/sandbox/page/events.ts';
import { memoryPageData, ON_TELEGRAM, RESIDENT } from '../../support/memory-page-data.ts';
import { serveSandbox } from '../../support/web-server.ts';

type Parcel = { readonly event: string; readonly data: unknown };

/** Reads server-sent events from a response, one at a time. */
function eventReader(stream: ReadableStream<Uint8Array> | null) {
  if (stream === null) throw new Error('The response has no body');
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Parcel | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        if (data !== undefined)
          return { event: field('event') ?? 'message', data: JSON.parse(data) };
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += value;
    }
  };
  return { next, cancel: () => reader.cancel() };
}

describe('events over HTTP', () => {
  let served: Awaited<ReturnType<typeof serveSandbox>>;
  beforeEach(async () => {
    served = await serveSandbox();
  });
  afterEach(() => served.close());

  const open = async () => {
    const response = await fetch(`${served.url}/sandbox/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    return eventReader(response.body);
  };

  it('begin with a hello that names the city’s account', async () => {
    const events = await open();
    expect(await events.next()).toEqual({
      event: 'hello',
      data: { did: served.data.network().did },
    });
    await events.cancel();
  });

  it('tell of a message and its answer, and of records staged and then published', async () => {
    const events = await open();
    await events.next();
    const sent = await fetch(`${served.url}/sandbox/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'sms', from: RESIDENT, text: 'HI' }),
    });
    expect(sent.status).toBe(202);
    const told: Record<string, unknown>[] = [];
    while (!told.some(({ state }) => state === 'published')) {
      const { data } = (await events.next()) ?? { data: [] };
      for (const event of data as { message?: object; record?: object }[]) {
        told.push({ ...event, ...event.message, ...event.record });
      }
    }
    expect(told[0]).toMatchObject({
      type: 'message',
      person: RESIDENT,
      direction: 'in',
      text: 'HI',
    });
    expect(told.some(({ direction, person }) => direction === 'out' && person === RESIDENT)).toBe(
      true,
    );
    expect(told.some(({ person }) => person === ON_TELEGRAM)).toBe(true);
    const first = told.filter(({ seq }) => seq === 1).map(({ state }) => state);
    expect(first).toEqual(['staged', 'published']);
    await events.cancel();
  });

  it('share one subscription among many pages, and end it when the last one leaves', async () => {
    expect(served.data.listeners()).toBe(0);
    const pages = await Promise.all(Array.from({ length: 40 }, open));
    for (const page of pages) expect((await page.next())?.event).toBe('hello');
    expect(served.data.listeners()).toBe(1);
    served.data.stage.say(RESIDENT, 'to everybody who watches');
    for (const page of pages) {
      expect((await page.next())?.data).toMatchObject([
        { message: { text: 'to everybody who watches' } },
      ]);
    }
    for (const page of pages) await page.cancel();
    await expect.poll(() => served.data.listeners()).toBe(0);
  });
});

describe('the hub of events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells nothing of people who are not on the page', async () => {
    const data = memoryPageData();
    const hub = eventHub(data);
    const events = eventReader(hub.open() ?? null);
    await events.next();
    await data.send({ channel: 'sms', from: '+15105559999', text: 'somebody else', media: [] });
    data.stage.say(RESIDENT, 'for the page');
    await vi.advanceTimersByTimeAsync(50);
    expect((await events.next())?.data).toMatchObject([{ message: { text: 'for the page' } }]);
    hub.close();
  });

  it('keeps a silent connection alive', async () => {
    const hub = eventHub(memoryPageData());
    const reader = hub.open()?.getReader();
    await reader?.read();
    await vi.advanceTimersByTimeAsync(15_000);
    const beat = await reader?.read();
    expect(new TextDecoder().decode(beat?.value)).toBe(': still here\n\n');
    hub.close();
  });

  it('lets a reader go who does not read, and keeps the others', async () => {
    const data = memoryPageData();
    const hub = eventHub(data);
    const idle = hub.open();
    const reading = eventReader(hub.open() ?? null);
    await reading.next();
    for (let count = 0; count < 80; count += 1) {
      data.stage.say(RESIDENT, `message ${count}`);
      await vi.advanceTimersByTimeAsync(50);
      expect((await reading.next())?.data).toMatchObject([
        { message: { text: `message ${count}` } },
      ]);
    }
    expect(hub.clients()).toBe(1);
    expect(idle?.locked).toBe(false);
    hub.close();
  });

  it('sends the newest of a flood', async () => {
    const data = memoryPageData();
    const hub = eventHub(data);
    const events = eventReader(hub.open() ?? null);
    await events.next();
    for (let count = 1; count <= 5000; count += 1) data.stage.say(RESIDENT, `message ${count}`);
    await vi.advanceTimersByTimeAsync(50);
    const parcel = (await events.next())?.data as { message: { text: string } }[];
    expect(parcel).toHaveLength(400);
    expect(parcel.at(-1)?.message.text).toBe('message 5000');
    hub.close();
  });

  it('ends every stream when the server stops', async () => {
    const data = memoryPageData();
    const hub = eventHub(data);
    const readers = [hub.open(), hub.open()].map((stream) => eventReader(stream ?? null));
    for (const each of readers) await each.next();
    hub.close();
    for (const each of readers) expect(await each.next()).toBeUndefined();
    expect(data.listeners()).toBe(0);
    expect(hub.clients()).toBe(0);
  });
});
