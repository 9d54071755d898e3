// A small server of XRPC methods on a free port, called by a real PDS in the name of its accounts.
// Requests and answers are held to the lexicons of their methods; it fails as it is told to.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { jsonToLex, lexicons } from '@atproto/api';
import { startServer } from './local-server.ts';

type XrpcFault =
  | 'limit'
  | 'limit-bare'
  | 'bad-gateway'
  | 'hang'
  | 'break'
  /** It is done, and the answer is lost. */
  | 'break-after'
  /** Nothing is wrong this time. */
  | 'none';

export type XrpcCall = {
  /** The account that asks. */
  readonly did: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly input: Readonly<Record<string, unknown>>;
};

export type XrpcMethod = (call: XrpcCall) => Promise<unknown> | unknown;

/** The answer of a method that refuses. */
export class XrpcRefusal extends Error {
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string, message = error) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export type XrpcServer = {
  readonly url: string;
  /** The next requests for a method, one each. */
  readonly plan: (method: string, ...faults: readonly XrpcFault[]) => void;
  readonly count: (method: string) => number;
  readonly close: () => Promise<void>;
};

const LIMIT_SECONDS = 7;

export async function startXrpcServer(
  methods: Readonly<Record<string, XrpcMethod>>,
  options: { readonly isChecked?: boolean } = {},
): Promise<XrpcServer> {
  const planned = new Map<string, XrpcFault[]>();
  const counts = new Map<string, number>();

  const call = async (request: IncomingMessage): Promise<unknown> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.pathname.replace('/xrpc/', '');
    const method = methods[name];
    if (method === undefined) throw new XrpcRefusal(501, 'MethodNotImplemented');
    const input = request.method === 'POST' ? await json(request) : {};
    const did = requester(request, name);
    const params = paramsOf(name, url.searchParams);
    lexicons.assertValidXrpcParams(name, params);
    if (request.method === 'POST') lexicons.assertValidXrpcInput(name, jsonToLex(input as never));
    const output = await method({ did, params, input: input as XrpcCall['input'] });
    if (options.isChecked !== false && output !== undefined) {
      lexicons.assertValidXrpcOutput(name, jsonToLex(output as never));
    }
    return output;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.replace('/xrpc/', '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const fault = planned.get(name)?.shift();
    if (fault === 'hang') return;
    if (fault === 'break') {
      response.destroy();
      return;
    }
    if (fault === 'bad-gateway') return answer(response, 502, { error: 'UpstreamFailure' });
    if (fault === 'limit' || fault === 'limit-bare') {
      if (fault === 'limit') {
        const reset = Math.floor(Date.now() / 1000) + LIMIT_SECONDS;
        response.setHeader('ratelimit-reset', String(reset));
      }
      return answer(response, 429, { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' });
    }
    try {
      const said = await call(request);
      if (fault === 'break-after') response.destroy();
      else answer(response, 200, said);
    } catch (error) {
      if (error instanceof XrpcRefusal) {
        answer(response, error.status, { error: error.error, message: error.message });
      } else {
        const message = error instanceof Error ? error.message : String(error);
        answer(response, 400, { error: 'InvalidRequest', message });
      }
    }
  };

  const server = await startServer(handle);
  return {
    url: `http://localhost:${server.port}`,
    plan: (method, ...faults) => {
      planned.set(method, [...faults]);
    },
    count: (method) => counts.get(method) ?? 0,
    close: server.close,
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? {}));
}

/** Who asks, by the token that a PDS made for this method. */
function requester(request: IncomingMessage, method: string): string {
  const token = request.headers.authorization?.split(' ')[1] ?? '';
  const claims = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}',
  ) as { iss?: string; lxm?: string };
  if (claims.iss === undefined || claims.lxm !== method) {
    throw new XrpcRefusal(401, 'AuthenticationRequired');
  }
  return claims.iss;
}

/** As the lexicon has them: numbers and lists are text in an address. */
function paramsOf(method: string, query: URLSearchParams): Readonly<Record<string, unknown>> {
  const definition = lexicons.getDefOrThrow(method) as unknown as {
    parameters?: { properties?: Readonly<Record<string, { type: string }>> };
  };
  const properties = definition.parameters?.properties ?? {};
  const params: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(properties)) {
    if (!query.has(name)) continue;
    const text = query.get(name) ?? '';
    params[name] = type === 'array' ? query.getAll(name) : type === 'integer' ? Number(text) : text;
  }
  return params;
}
