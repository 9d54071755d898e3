// As serve.node.ts, inside workerd, where a test has no port: what asks is given the answer at once.
import type { Answer, Served } from './serve.ts';

export async function serve(answerTo: (body: string) => Answer | Promise<Answer>): Promise<Served> {
  const { promise: closed, reject: close } = Promise.withResolvers<never>();
  const broken = () => new TypeError('The connection broke.');
  // Nobody may be waiting.
  closed.catch(() => undefined);
  const ask: typeof fetch = async (input, init) => {
    const answer = await answerTo(await new Request(input, init).text());
    if (answer === 'hang') return await closed;
    if (answer === 'break') throw broken();
    return new Response(answer.text, { status: answer.status, headers: { ...answer.headers } });
  };
  return { url: 'http://provider.test', ask, close: async () => close(broken()) };
}
