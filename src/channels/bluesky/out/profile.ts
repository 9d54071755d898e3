/**
 * Makes the city's account say that it is a bot, who runs it, and that anybody may write to it in
 * private. Whatever else the operator wrote there stays.
 */
import {
  type AppBskyActorProfile,
  type ChatBskyActorDeclaration,
  ComAtprotoLabelDefs,
  ComAtprotoRepoPutRecord,
  XRPCError,
} from '@atproto/api';
import { graphemesOf } from '../../../lib/text.ts';
import type { Account } from '../account.ts';
import type { BlueskySettings } from '../settings.ts';

/** Where the account's records are. */
type Repo = Pick<Account, 'did'> & { readonly agent: Pick<Account['agent'], 'com'> };
type Profile = Partial<AppBskyActorProfile.Record>;
type Declaration = Partial<ChatBskyActorDeclaration.Record>;

const BOT = 'bot';
const DESCRIPTION_GRAPHEMES_MAX = 256;
const LABELS_MAX = 10;
/** Another client may change the same record between our reading and our writing. */
const TRIES = 3;

/** Writes only where something differs, so every start may call it. */
export async function prepareProfile(options: {
  readonly account: Repo;
  readonly settings: Pick<BlueskySettings, 'operator' | 'contact'>;
}): Promise<void> {
  const { account, settings } = options;
  await change<Profile>(account, 'app.bsky.actor.profile', (profile) =>
    withOperator(withBotLabel(profile), settings),
  );
  await change<Declaration>(account, 'chat.bsky.actor.declaration', (declaration) =>
    declaration.allowIncoming === 'all' ? declaration : { ...declaration, allowIncoming: 'all' },
  );
}

/** Changes the account's one record of a kind, where `edit` gives another than it was given. */
async function change<T extends object>(
  { did, agent }: Repo,
  collection: string,
  edit: (record: T) => T,
): Promise<void> {
  const where = { repo: did, collection, rkey: 'self' };
  const { repo } = agent.com.atproto;
  for (let tries = 1; ; tries += 1) {
    const found = await repo.getRecord(where).catch((error: unknown) => {
      if (error instanceof XRPCError && error.error === 'RecordNotFound') return undefined;
      throw error;
    });
    const before = (found?.data.value ?? {}) as T;
    const after = edit(before);
    if (found !== undefined && after === before) return;
    try {
      await repo.putRecord({
        ...where,
        record: { $type: collection, ...after },
        swapRecord: found?.data.cid ?? null,
      });
      return;
    } catch (error) {
      const isOvertaken = error instanceof ComAtprotoRepoPutRecord.InvalidSwapError;
      if (!isOvertaken || tries === TRIES) throw error;
    }
  }
}

function withBotLabel(profile: Profile): Profile {
  const labels = ComAtprotoLabelDefs.isSelfLabels(profile.labels) ? profile.labels.values : [];
  if (labels.some(({ val }) => val === BOT) || labels.length >= LABELS_MAX) return profile;
  return {
    ...profile,
    labels: { $type: 'com.atproto.label.defs#selfLabels', values: [...labels, { val: BOT }] },
  };
}

/** Adds a line in no language below the others, unless it would not fit. */
function withOperator(
  profile: Profile,
  { operator, contact }: Pick<BlueskySettings, 'operator' | 'contact'>,
): Profile {
  const { description = '' } = profile;
  if (description.includes(operator)) return profile;
  const line = `🤖 ${operator} · ${contact}`;
  const whole = description === '' ? line : `${description}\n\n${line}`;
  if ([...graphemesOf(whole)].length > DESCRIPTION_GRAPHEMES_MAX) return profile;
  return { ...profile, description: whole };
}
