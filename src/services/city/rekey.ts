/**
 * A new `SECRET_KEY`: what was sealed with the one before is sealed anew, a page a transaction, while
 * the city works with both. Source: architecture.md, Privacy.
 */
import { DAY_MS, MINUTE_MS } from '../../lib/clock.ts';
import type { Keys } from '../../lib/crypto.ts';
import { NAMES_KEYS } from '../../store/cursors.ts';
import { REKEY_START, type RekeyPlace, type Reseal } from '../../store/rekey.ts';
import type { Context } from '../context.ts';
import { DATA_LINK_MINUTES } from '../privacy/begin-data-link.ts';

/** The key that the walk is for, and when it began (ms). */
const BEGAN = 'rekey-began';
/** A code that was said in time is honored so long after its end. */
const CODE_GRACE_MS = DAY_MS;

const resealing = (keys: Keys, previous: Keys): Reseal => ({
  keyId: previous.keyId,
  text: (sealed) => keys.sealText(previous.openText(sealed)),
  address: (channel, { keyId, ciphertext }) => {
    const address = previous.open({ keyId, bytes: ciphertext });
    const sealed = keys.seal(address);
    return {
      keyId: sealed.keyId,
      ciphertext: sealed.bytes,
      lookup: keys.identityLookup(channel, address),
    };
  },
});

/** When (ms) the change to this key began; undefined where it has not. */
export function rekeyBegan({ tx, keys }: Pick<Context, 'tx' | 'keys'>): number | undefined {
  const [keyId, at] = tx.cursors.get(BEGAN)?.split(' ') ?? [];
  return keyId === keys.keyId ? Number(at) : undefined;
}

/**
 * A walk over all that is sealed. Each call does one page and answers whether nothing is left: that
 * is so once a whole walk found nothing, since the city goes on meanwhile and copies what is sealed.
 */
export function createRekey(): (context: Context) => boolean {
  let place: RekeyPlace = REKEY_START;
  let changed = 0;
  return (context) => {
    const { tx, keys, now } = context;
    if (keys.previous === undefined) return true;
    if (rekeyBegan(context) === undefined) {
      tx.cursors.put(BEGAN, `${keys.keyId} ${now}`);
      tx.cursors.put(NAMES_KEYS, keys.sealText(keys.names));
    }
    const step = tx.rekey.step(place, resealing(keys, keys.previous));
    changed += step.changed;
    place = step.next ?? REKEY_START;
    if (step.next !== undefined) return false;
    const isOver = changed === 0;
    changed = 0;
    return isOver;
  };
}

/**
 * Until when (ms) codes, invitations and links from before need the key of before: only their HMACs
 * are kept, so that they cannot be written anew. Undefined where none of them lives.
 */
export const previousKeyUntil = (context: Context): number | undefined =>
  context.tx.rekey.lookupsUntil({
    began: rekeyBegan(context) ?? context.now,
    now: context.now,
    graceMs: CODE_GRACE_MS,
    dataLinkMs: DATA_LINK_MINUTES * MINUTE_MS,
  });
