/** Evidence that is a resident's own post: it still says what it said when it was sent. */
import { parseCid } from '@atproto/lex-data';
import { verifyProofs } from '@atproto/repo';
import { unlessAborted } from '../lib/wait.ts';
import { readUpTo } from './bodies.ts';
import type { Findings } from './findings.ts';
import { type Identity, type Network, reason, resolveDid } from './identity.ts';
import { inParallel } from './parallel.ts';
import { cut } from './quote.ts';
import type { Work } from './rules/work.ts';

const AT_ONCE = 4;
const TIMEOUT_MS = 10_000;
/** For all posts together. Their authors chose the servers, and a slow one is no reason to wait. */
const STEP_MS = 10 * 60_000;
const TOO_LONG = 'checking the posts took too long';
/** So many are asked of one server at most: enough for a city, no burden for a server of many. */
const ASKED_OF_ONE_MAX = 2000;
/** After so many requests without any answer a server is taken for gone. */
const SILENT_MAX = 2;
/** A commit, the way down the tree, and one record. */
const PROOF_BYTES_MAX = 1_000_000;
const POST = /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]+)\/([A-Za-z0-9.-]+)\/([A-Za-z0-9._:~-]+)$/;

type Post = Work['posts'][number];

/** How a post compares with what it was, proved by its author's own signature. */
type Outcome = 'same' | 'changed' | 'deleted';

/**
 * Fetches each post with proof from its author's server. `progress` is told how many are done.
 * Answers how many could not be checked; each of them is a note. `signal` ends it early.
 */
export async function checkPosts(
  posts: readonly Post[],
  network: Network,
  tell: {
    readonly findings: Findings;
    readonly note: Findings<string>['add'];
    readonly progress: (done: number) => void;
  },
  signal: AbortSignal = AbortSignal.timeout(STEP_MS),
): Promise<number> {
  const authors = createAuthors(network);
  const servers = createServers(network);
  let done = 0;
  let unchecked = 0;
  await inParallel(posts, AT_ONCE, async ({ uri, post }) => {
    try {
      signal.throwIfAborted();
      const outcome = await look(post, authors, servers, signal);
      if (outcome === 'changed') {
        tell.findings.add('post-changed', uri, `${cut(post.uri)} now says something else.`);
      } else if (outcome === 'deleted') {
        tell.note('post-deleted', uri, `${cut(post.uri)} was deleted by its author.`);
      }
    } catch (error) {
      unchecked += 1;
      const why = error === signal.reason ? TOO_LONG : cut(reason(error));
      const sentence = `${cut(post.uri)} could not be checked: ${why}.`;
      tell.note('post-unreachable', uri, sentence);
    }
    done += 1;
    tell.progress(done);
  });
  return unchecked;
}

type Authors = (did: string) => Promise<Identity>;

/** Looks each author up once, whatever comes of it. */
function createAuthors(network: Network): Authors {
  const known = new Map<string, Promise<Identity>>();
  return (did) => {
    const found = known.get(did) ?? resolveDid(did, network);
    known.set(did, found);
    return found;
  };
}

type Servers = (pds: string, path: string, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

/** Asks servers, and none for ever: neither one that is silent, nor one for everything. */
function createServers(network: Network): Servers {
  const known = new Map<string, { asked: number; silent: number }>();
  return async (pds, path, signal) => {
    const server = known.get(pds) ?? { asked: 0, silent: 0 };
    known.set(pds, server);
    if (server.silent >= SILENT_MAX) throw new Error('its server did not answer before');
    if (server.asked >= ASKED_OF_ONE_MAX) {
      throw new Error(`its server was asked for ${ASKED_OF_ONE_MAX} others`);
    }
    server.asked += 1;
    let response: Response;
    let body: Uint8Array<ArrayBuffer>;
    try {
      response = await network.fetchPublic(`${pds}${path}`, {
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      if (!response.ok) await response.body?.cancel();
      body = response.ok ? await readUpTo(response, PROOF_BYTES_MAX) : new Uint8Array(0);
    } catch (error) {
      server.silent += 1;
      throw error;
    }
    server.silent = 0;
    if (!response.ok) throw new Error(`its server answers ${response.status}`);
    return body;
  };
}

async function look(
  { uri, cid }: Post['post'],
  authors: Authors,
  servers: Servers,
  signal: AbortSignal,
): Promise<Outcome> {
  const [, did = '', collection = '', rkey = ''] = POST.exec(uri) ?? [];
  if (did === '') throw new Error('that is no address of a record');
  const { pds, key } = await unlessAborted(authors(did), signal);
  if (pds === undefined || key === undefined) throw new Error('its author has no server');
  const query = new URLSearchParams({ did, collection, rkey });
  const proof = await servers(pds, `/xrpc/com.atproto.sync.getRecord?${query}`, signal);
  const claim = { collection, rkey, cid: parseCid(cid) };
  const is = async (one: Parameters<typeof verifyProofs>[1][number]) =>
    (await verifyProofs(proof, [one], did, key)).verified.length === 1;
  if (await is(claim)) return 'same';
  return (await is({ ...claim, cid: null })) ? 'deleted' : 'changed';
}
