// What an AppView tells of the posts on a PDS: notifications, threads, posts and profiles, made from
// the PDS's own records at every request. Nothing else of an AppView is here.
import type { AppBskyFeedPost } from '@atproto/api';
import { startXrpcServer, type XrpcCall, type XrpcServer } from './xrpc-server.ts';

type Json = Readonly<Record<string, unknown>>;
type StoredPost = {
  readonly uri: string;
  readonly cid: string;
  readonly author: string;
  readonly record: AppBskyFeedPost.Record;
  readonly seenAt: number;
};
type Repo = { readonly rev: string; readonly posts: readonly StoredPost[]; readonly profile: Json };

export type AppView = XrpcServer & {
  /** The PDS is started after it. */
  readonly follow: (pds: string) => void;
  /** Notifications of this post come without its record, as when it cannot be loaded. */
  readonly hide: (uri: string, isHidden: boolean) => void;
  /** This post notifies nobody. */
  readonly silence: (uri: string) => void;
  readonly dids: readonly string[];
};

const POSTS = 'app.bsky.feed.post';
const ANCESTORS = 5;

export async function startAppView(): Promise<AppView> {
  const repos = new Map<string, Repo>();
  const seen = new Map<string, number>();
  const hidden = new Set<string>();
  const silent = new Set<string>();
  let pds = '';

  const ask = async (method: string, query: Record<string, string>): Promise<Json> => {
    const answer = await fetch(`${pds}/xrpc/${method}?${new URLSearchParams(query)}`);
    return answer.ok ? ((await answer.json()) as Json) : {};
  };

  const recordsOf = async (repo: string, collection: string): Promise<readonly Json[]> => {
    const all: Json[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask('com.atproto.repo.listRecords', {
        repo,
        collection,
        limit: '100',
        ...(cursor === undefined ? {} : { cursor }),
      });
      all.push(...((page['records'] ?? []) as Json[]));
      cursor = page['cursor'] as string | undefined;
    } while (cursor !== undefined);
    return all;
  };

  const readRepo = async (did: string, rev: string): Promise<Repo> => {
    const posts = (await recordsOf(did, POSTS)).map((row): StoredPost => {
      const uri = String(row['uri']);
      const seenAt = seen.get(uri) ?? Date.now();
      seen.set(uri, seenAt);
      const record = row['value'] as AppBskyFeedPost.Record;
      return { uri, cid: String(row['cid']), author: did, record, seenAt };
    });
    const [profile] = await recordsOf(did, 'app.bsky.actor.profile');
    return { rev, posts, profile: (profile?.['value'] ?? {}) as Json };
  };

  const refresh = async (): Promise<ReadonlyMap<string, StoredPost>> => {
    const { repos: listed } = await ask('com.atproto.sync.listRepos', { limit: '1000' });
    const there = new Set<string>();
    for (const { did, rev, active } of (listed ?? []) as Json[]) {
      if (active === false) continue;
      there.add(String(did));
      if (repos.get(String(did))?.rev === rev) continue;
      repos.set(String(did), await readRepo(String(did), String(rev)));
    }
    for (const did of repos.keys()) if (!there.has(did)) repos.delete(did);
    return new Map(
      [...repos.values()].flatMap(({ posts }) => posts).map((post) => [post.uri, post]),
    );
  };

  const author = (did: string): Json => {
    const labels = (repos.get(did)?.profile['labels'] as { values?: Json[] } | undefined)?.values;
    return {
      did,
      handle: 'handle.invalid',
      labels: (labels ?? []).map(({ val }) => ({
        src: did,
        uri: `at://${did}/app.bsky.actor.profile/self`,
        val,
        cts: new Date(0).toISOString(),
      })),
    };
  };

  const view = ({ uri, cid, author: did, record, seenAt }: StoredPost): Json => ({
    uri,
    cid,
    author: author(did),
    record,
    indexedAt: new Date(seenAt).toISOString(),
  });

  const reasonFor = (
    post: StoredPost,
    did: string,
    all: ReadonlyMap<string, StoredPost>,
  ): string | undefined => {
    const { record } = post;
    if (post.author === did || silent.has(post.uri)) return undefined;
    const mentions = (record.facets ?? []).flatMap(({ features }) => features) as unknown as Json[];
    if (mentions.some((feature) => feature['did'] === did)) return 'mention';
    const embed = record.embed as { record?: { uri?: string } } | undefined;
    if (embed?.record?.uri?.startsWith(`at://${did}/`)) return 'quote';
    let above = record.reply?.parent.uri;
    for (let step = 0; step < ANCESTORS && above !== undefined; step += 1) {
      if (above.startsWith(`at://${did}/`)) return 'reply';
      above = all.get(above)?.record.reply?.parent.uri;
    }
    return undefined;
  };

  const sortAt = ({ record, seenAt }: StoredPost): number =>
    Math.min(Date.parse(record.createdAt) || seenAt, seenAt);
  const keyOf = (post: StoredPost): string =>
    `${new Date(sortAt(post)).toISOString()}::${post.uri}`;

  const listNotifications = async ({ did, params }: XrpcCall): Promise<Json> => {
    const all = await refresh();
    const limit = Number(params['limit'] ?? 50);
    const cursor = params['cursor'];
    const rows = [...all.values()]
      .map((post) => ({ post, reason: reasonFor(post, did, all), key: keyOf(post) }))
      .filter(
        ({ reason, key }) => reason !== undefined && (cursor === undefined || key < String(cursor)),
      )
      .toSorted((one, other) => (one.key < other.key ? 1 : -1));
    const page = rows.slice(0, limit);
    return {
      notifications: page.map(({ post, reason }) => ({
        uri: post.uri,
        cid: post.cid,
        author: author(post.author),
        reason,
        ...(hidden.has(post.uri) ? {} : { record: post.record }),
        isRead: true,
        indexedAt: new Date(sortAt(post)).toISOString(),
      })),
      ...(rows.length > limit ? { cursor: page.at(-1)?.key } : {}),
    };
  };

  const getPostThread = async ({ params }: XrpcCall): Promise<Json> => {
    const all = await refresh();
    const children = Map.groupBy(all.values(), ({ record }) => record.reply?.parent.uri);
    const nodeOf = (post: StoredPost, depth: number): Json => ({
      $type: 'app.bsky.feed.defs#threadViewPost',
      post: view(post),
      replies:
        depth === 0 ? [] : (children.get(post.uri) ?? []).map((reply) => nodeOf(reply, depth - 1)),
    });
    const root = all.get(String(params['uri']));
    return {
      thread:
        root === undefined
          ? { $type: 'app.bsky.feed.defs#notFoundPost', uri: params['uri'], notFound: true }
          : nodeOf(root, Number(params['depth'] ?? 6)),
    };
  };

  const server = await startXrpcServer(
    {
      'app.bsky.notification.listNotifications': listNotifications,
      'app.bsky.feed.getPostThread': getPostThread,
      'app.bsky.feed.getPosts': async ({ params }) => {
        const all = await refresh();
        const uris = params['uris'] as string[];
        const found = uris.flatMap((uri) => all.get(uri) ?? []);
        return { posts: found.filter(({ uri }) => !hidden.has(uri)).map(view) };
      },
      'app.bsky.actor.getProfile': async ({ params }) => {
        await refresh();
        return author(String(params['actor']));
      },
    },
    // A post whose record is missing breaks the lexicon, and strangers' records may as well.
    { isChecked: false },
  );
  return {
    ...server,
    follow: (url) => {
      pds = url;
    },
    hide: (uri, isHidden) => {
      if (isHidden) hidden.add(uri);
      else hidden.delete(uri);
    },
    silence: (uri) => {
      silent.add(uri);
    },
    get dids() {
      return [...repos.keys()];
    },
  };
}
