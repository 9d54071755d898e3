// The part of a PDS that gives out sessions, with answers of the test's choosing. It also answers
// every other request, as a server that means ill might.
import { startServer } from './local-server.ts';

export type SignInServer = {
  readonly url: string;
  /** The next answers to a method; without any it succeeds. */
  readonly plan: (
    method: string,
    ...answers: readonly {
      readonly status: number;
      readonly error: unknown;
      /** As `error` unless given. */
      readonly message?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }[]
  ) => void;
  /** Headers of every answer from here on. */
  readonly announce: (headers: Readonly<Record<string, string>>) => void;
  /** Says with every session from here on that the account lives at this address. */
  readonly liveAt: (endpoint: string) => void;
  /** Answers a method with blanks that do not end, from here on. */
  readonly flood: (method: string) => void;
  /** How many bytes of blanks it could get rid of. */
  readonly flooded: () => number;
  readonly count: (method: string) => number;
  readonly close: () => Promise<void>;
};

export async function startSignInServer(did: string): Promise<SignInServer> {
  const counts = new Map<string, number>();
  const planned = new Map<string, Parameters<SignInServer['plan']>[1][]>();
  let announced: Readonly<Record<string, string>> = {};
  let didDoc: object = {};
  let toFlood: string | undefined;
  let flooded = 0;
  const { url, close } = await startServer((request, response) => {
    const method = request.url?.split('?')[0]?.split('.').at(-1) ?? '';
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    const failure = planned.get(method)?.shift();
    const json = { 'content-type': 'application/json', ...announced };
    if (method === toFlood) {
      response.writeHead(200, json);
      const blanks = Buffer.alloc(100_000, ' ');
      const more = () => {
        do flooded += blanks.length;
        while (response.write(blanks));
        response.once('drain', more);
      };
      more();
      return;
    }
    if (failure !== undefined) {
      response.writeHead(failure.status, { ...json, ...failure.headers });
      response.end(JSON.stringify({ message: failure.error, ...failure, headers: undefined }));
      return;
    }
    response.writeHead(200, json);
    const names = { did, handle: 'berkeley.test', email: 'a@b.test', emailConfirmed: true };
    const tokens = {
      accessJwt: `access-${method}-${count}`,
      refreshJwt: `refresh-${method}-${count}`,
    };
    response.end(JSON.stringify({ ...names, ...tokens, active: true, didDoc }));
  });
  return {
    url,
    plan: (method, ...answers) => {
      planned.set(method, [...answers]);
    },
    announce: (headers) => {
      announced = headers;
    },
    liveAt: (serviceEndpoint) => {
      const service = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint };
      didDoc = { id: did, service: [service] };
    },
    flood: (method) => {
      toFlood = method;
    },
    flooded: () => flooded,
    count: (method) => counts.get(method) ?? 0,
    close,
  };
}
