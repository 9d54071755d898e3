// The part of a PDS that gives out sessions, with answers of the test's choosing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SignInServer = {
  readonly url: string;
  /** The next answers to a method; without any it succeeds. */
  readonly plan: (
    method: 'createSession' | 'refreshSession',
    ...answers: readonly {
      readonly status: number;
      readonly error: string;
      readonly headers?: Readonly<Record<string, string>>;
    }[]
  ) => void;
  /** Headers of every answer from here on. */
  readonly announce: (headers: Readonly<Record<string, string>>) => void;
  readonly count: (method: string) => number;
  readonly close: () => Promise<void>;
};

export async function startSignInServer(did: string): Promise<SignInServer> {
  const counts = new Map<string, number>();
  const planned = new Map<string, Parameters<SignInServer['plan']>[1][]>();
  let announced: Readonly<Record<string, string>> = {};
  const server = createServer((request, response) => {
    const method = request.url?.split('?')[0]?.split('.').at(-1) ?? '';
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    const failure = planned.get(method)?.shift();
    const json = { 'content-type': 'application/json', ...announced };
    if (failure !== undefined) {
      response.writeHead(failure.status, { ...json, ...failure.headers });
      response.end(JSON.stringify({ error: failure.error, message: failure.error }));
      return;
    }
    response.writeHead(200, json);
    const names = { did, handle: 'berkeley.test', email: 'a@b.test', emailConfirmed: true };
    const tokens = {
      accessJwt: `access-${method}-${count}`,
      refreshJwt: `refresh-${method}-${count}`,
    };
    response.end(JSON.stringify({ ...names, ...tokens, active: true, didDoc: {} }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (method, ...answers) => {
      planned.set(method, [...answers]);
    },
    announce: (headers) => {
      announced = headers;
    },
    count: (method) => counts.get(method) ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
