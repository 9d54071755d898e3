// A directory of DIDs and a server of repositories on loopback, as small as can be: it answers with
// what a test puts in, honest or not.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createNetwork } from '../../src/node/audit-network.ts';
import { startServer } from './local-server.ts';

export type PaperAccount = {
  /** `did:key:…` */
  readonly key: string;
  readonly handle?: string;
  /** `getRepo` and `getRecord` answer this. */
  readonly car?: Uint8Array;
  readonly proofs?: Readonly<Record<string, Uint8Array>>;
  readonly blobs?: Readonly<Record<string, Uint8Array>>;
  /** Former keys, oldest first. */
  readonly former?: readonly string[];
};

export async function startPaperNetwork() {
  const accounts = new Map<string, PaperAccount>();
  const asked: string[] = [];
  let url = '';

  const documentOf = (did: string, { key, handle }: PaperAccount) => ({
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    alsoKnownAs: handle === undefined ? [] : [`at://${handle}`],
    verificationMethod: [
      {
        id: `${did}#atproto`,
        type: 'Multikey',
        controller: did,
        publicKeyMultibase: key.replace('did:key:', ''),
      },
    ],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: url }],
  });

  const answer = (request: IncomingMessage, response: ServerResponse): unknown => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    asked.push(pathname);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
    };
    const missing = () => send(404, { error: 'NotFound' });
    const [, first = '', ...rest] = decodeURIComponent(pathname).split('/');
    if (first.startsWith('did:')) {
      const account = accounts.get(first);
      if (account === undefined) return missing();
      if (rest.join('/') !== 'log/audit') return send(200, documentOf(first, account));
      const keys = [...(account.former ?? []), account.key];
      return send(
        200,
        keys.map((atproto) => ({ operation: { verificationMethods: { atproto } } })),
      );
    }
    if (pathname.endsWith('.resolveHandle')) {
      const handle = searchParams.get('handle');
      const found = [...accounts].find(([, account]) => account.handle === handle);
      return found === undefined ? missing() : send(200, { did: found[0] });
    }
    const account = accounts.get(searchParams.get('did') ?? '');
    const body = pathname.endsWith('.getRepo')
      ? account?.car
      : pathname.endsWith('.getRecord')
        ? account?.proofs?.[searchParams.get('rkey') ?? '']
        : account?.blobs?.[searchParams.get('cid') ?? ''];
    return body === undefined ? missing() : send(200, body);
  };

  const server = await startServer(answer);
  url = `http://localhost:${server.port}`;
  return {
    url,
    accounts,
    asked,
    network: createNetwork({ plcUrl: url, blueskyService: url }),
    environment: { PLC_URL: url, BLUESKY_SERVICE: url },
    close: server.close,
  };
}
