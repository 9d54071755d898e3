/** Evidence that is a resident's own post: it still says what it said when it was sent. */
import { parseCid } from '@atproto/lex';
import { verifyProofs } from '@atproto/repo';
import { readUpTo } from './bodies.ts';
import type { Findings } from './findings.ts';
import { type Network, reason, resolveDid } from './identity.ts';
import { inParallel } from './parallel.ts';
import type { Note } from './rules/context.ts';
import type { Work } from './rules/work.ts';

const AT_ONCE = 4;
const TIMEOUT_MS = 20_000;
const PROOF_BYTES_MAX = 5_000_000;
const POST = /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]+)\/([A-Za-z0-9.-]+)\/([A-Za-z0-9._:~-]+)$/;

type Post = Work['posts'][number];

/** What a post is, compared with what it was: proved by its author's own signature. */
type Outcome = 'same' | 'changed' | 'deleted';

/** Fetches each post with proof from its author's server. `progress` is told how many are done. */
export async function checkPosts(
  posts: readonly Post[],
  network: Network,
  tell: {
    readonly findings: Findings;
    readonly note: (code: Note['code'], uri: string, sentence: string) => void;
    readonly progress: (done: number) => void;
  },
): Promise<void> {
  let done = 0;
  await inParallel(posts, AT_ONCE, async ({ uri, post }) => {
    try {
      const outcome = await look(post, network);
      if (outcome === 'changed') {
        tell.findings.add('post-changed', uri, `${post.uri} now says something else.`);
      } else if (outcome === 'deleted') {
        tell.note('post-deleted', uri, `${post.uri} was deleted by its author.`);
      }
    } catch (error) {
      tell.note('post-unreachable', uri, `${post.uri} could not be checked: ${reason(error)}.`);
    }
    done += 1;
    tell.progress(done);
  });
}

async function look({ uri, cid }: Post['post'], network: Network): Promise<Outcome> {
  const [, did = '', collection = '', rkey = ''] = POST.exec(uri) ?? [];
  if (did === '') throw new Error('that is no address of a record');
  const { pds, key } = await resolveDid(did, network);
  if (pds === undefined || key === undefined) throw new Error('its author has no server');
  const query = new URLSearchParams({ did, collection, rkey });
  const response = await network.fetchPublic(`${pds}/xrpc/com.atproto.sync.getRecord?${query}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`its server answers ${response.status}`);
  const proof = await readUpTo(response, PROOF_BYTES_MAX);
  const claim = { collection, rkey, cid: parseCid(cid) };
  const is = async (one: Parameters<typeof verifyProofs>[1][number]) =>
    (await verifyProofs(proof, [one], did, key)).verified.length === 1;
  if (await is(claim)) return 'same';
  return (await is({ ...claim, cid: null })) ? 'deleted' : 'changed';
}
