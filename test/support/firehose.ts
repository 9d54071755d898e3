// Every commit that a PDS ever made to a repository, as it tells relays of them.
import { createRequire } from 'node:module';

const ofPds = createRequire(import.meta.resolve('@atproto/pds'));
const { decodeAll } = (await import(ofPds.resolve('@atproto/lex-cbor'))) as {
  decodeAll: (bytes: Uint8Array) => Iterable<unknown>;
};

export type Commit = {
  readonly rev: string;
  readonly ops: readonly {
    readonly action: 'create' | 'update' | 'delete';
    /** Collection, slash, key. */
    readonly path: string;
    /** Empty for a removal. */
    readonly cid: string;
  }[];
};

type Body = {
  readonly repo: string;
  readonly rev: string;
  readonly ops: readonly { action: 'create'; path: string; cid: { toString(): string } | null }[];
};

/** A firehose that has said nothing for so long has gone over to what is new, past what is wanted. */
const SILENCE_MS_MAX = 15_000;

/** In the order in which they were made. */
export async function readCommits(pds: string, did: string): Promise<Commit[]> {
  const newest = await fetch(`${pds}/xrpc/com.atproto.sync.getLatestCommit?did=${did}`);
  const { rev } = (await newest.json()) as { rev: string };
  for (;;) {
    const commits = await commitsUpTo(pds, did, rev);
    if (commits !== undefined) return commits;
  }
}

/** Undefined where the firehose falls silent before it has told of the commit `rev`. */
async function commitsUpTo(pds: string, did: string, rev: string): Promise<Commit[] | undefined> {
  const address = `${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`;
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const commits: Commit[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const silent = () => setTimeout(() => resolve(false), SILENCE_MS_MAX);
  let timer = silent();
  socket.addEventListener('error', () => reject(new Error('The firehose broke.')));
  socket.addEventListener('close', () => reject(new Error('The firehose ended.')));
  socket.addEventListener('message', ({ data }) => {
    clearTimeout(timer);
    timer = silent();
    const [head, body] = [...decodeAll(new Uint8Array(data))] as [{ t?: string }, Body];
    if (head.t !== '#commit' || body.repo !== did) return;
    const ops = body.ops.map((op) => ({ ...op, cid: op.cid?.toString() ?? '' }));
    commits.push({ rev: body.rev, ops });
    if (body.rev === rev) resolve(true);
  });
  try {
    return (await promise) ? commits : undefined;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
