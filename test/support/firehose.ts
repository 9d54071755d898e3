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

/** In the order in which they were made. */
export async function readCommits(pds: string, did: string): Promise<Commit[]> {
  const newest = await fetch(`${pds}/xrpc/com.atproto.sync.getLatestCommit?did=${did}`);
  const { rev } = (await newest.json()) as { rev: string };
  const address = `${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`;
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const commits: Commit[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('The firehose broke.')));
      socket.addEventListener('close', () => reject(new Error('The firehose ended.')));
      socket.addEventListener('message', ({ data }) => {
        const [head, body] = [...decodeAll(new Uint8Array(data))] as [{ t?: string }, Body];
        if (head.t !== '#commit' || body.repo !== did) return;
        const ops = body.ops.map((op) => ({ ...op, cid: op.cid?.toString() ?? '' }));
        commits.push({ rev: body.rev, ops });
        if (body.rev === rev) resolve();
      });
    });
  } finally {
    socket.close();
  }
  return commits;
}
