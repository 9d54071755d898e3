// What the isolate of a worker holds of memory, as its debugger tells it.
import * as z from 'zod';

const BYTES_PER_MB = 1024 * 1024;
const TargetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const AnswerSchema = z.object({
  id: z.literal(1),
  result: z.object({ usedSize: z.number(), totalSize: z.number() }),
});

/**
 * The heap of the isolate (MB): what V8 has taken for it, garbage included. Buffers outside of the heap
 * are not in it.
 */
export async function isolateMb(inspector: string): Promise<number> {
  const targets = TargetsSchema.parse(await (await fetch(`${inspector}/json`)).json());
  const sizes = await Promise.all(targets.map((target) => heapOf(target.webSocketDebuggerUrl)));
  return Math.max(...sizes);
}

function heapOf(url: string): Promise<number> {
  // Wrangler lets debuggers of this machine in, which say that they are.
  const socket = new WebSocket(url, { headers: { origin: 'http://localhost' } });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' })),
  );
  socket.addEventListener('error', () => reject(new Error(`${url} answers no debugger`)));
  socket.addEventListener('message', ({ data }) => {
    const answer = AnswerSchema.safeParse(JSON.parse(String(data))).data;
    if (answer !== undefined) resolve(answer.result.totalSize / BYTES_PER_MB);
  });
  return promise.finally(() => socket.close());
}
