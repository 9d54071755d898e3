/**
 * The keys of a city and what is done with them: looking an identity up without storing it in
 * the clear, keeping it as ciphertext, and deriving redemption codes. One secret is the root of
 * every key, so that an operator has one thing to keep safe.
 */
import { gcm } from '@noble/ciphers/aes.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { createMemo } from './memo.ts';
import type { Random } from './random.ts';

const NONCE_BYTES = 12;
const KEY_BYTES = 32;
const LOOKUPS_KEPT = 20_000;

type Sealed = { readonly keyId: string; readonly bytes: Uint8Array };

export type Keys = {
  /** HMAC-SHA-256 of an identity, hex: finds it again, tells nothing about it. */
  readonly identityLookup: (channel: string, address: string) => string;
  /** AES-256-GCM: nonce, then ciphertext and tag. */
  readonly seal: (text: string) => Sealed;
  /** Opens what `seal` made, with this key or the one before; throws for another, or changed bytes. */
  readonly open: (sealed: Sealed) => string;
  /** As `seal`, for what is kept as one text. */
  readonly sealText: (text: string) => string;
  /** Opens what `sealText` made; throws as `open` does. */
  readonly openText: (sealed: string) => string;
  /**
   * HMAC-SHA-256 of a redemption code, an invite, a link code, a recovery code, a text that somebody
   * repeats, the address of somebody's post, the id of a message, somebody who was forgotten, the
   * token of a link to one's data or to the desk, or the secret of a session there, hex: what the store keeps of it.
   */
  readonly secretLookup: (
    purpose:
      | ('code' | 'invite' | 'link' | 'recovery' | 'repeat' | 'post')
      | ('message' | 'forgotten' | 'data' | 'slip' | 'desk'),
    secret: string,
  ) => string;
  /** Pseudo-random bytes that only this key and this seed give: the stuff of a code. */
  readonly derive: (purpose: string, seed: string) => Uint8Array;
  /** The same for names of chats and marks of buttons, which have to stay when the key changes. */
  readonly deriveName: (purpose: string, seed: string) => Uint8Array;
  /** The keys of names, as a text to be sealed: they outlive this `SECRET_KEY`. */
  readonly names: string;
  /** The keys of the `SECRET_KEY` before, while keys are changed. */
  readonly previous: Keys | undefined;
  /** Tells this `SECRET_KEY` from others, and nothing about it. */
  readonly keyId: string;
  /** The key of one backup: each has a salt of its own, and so a key of its own. */
  readonly backupKey: (salt: Uint8Array) => Uint8Array;
};

/** Compares with a secret in a time that does not tell how much of it was right. */
export const isSameText = (given: string, secret: string): boolean =>
  equalBytes(utf8ToBytes(given), utf8ToBytes(secret));

/** What is found under this key, or under the one before while keys are changed. */
export function withEither<T>(keys: Keys, look: (keys: Keys) => T | undefined): T | undefined {
  return look(keys) ?? (keys.previous && look(keys.previous));
}

// A keyed HMAC is set up once and cloned for each use: that halves its price.
const keyedBy = (key: Uint8Array) => {
  const base = hmac.create(sha256, key);
  return (text: string) => base.clone().update(utf8ToBytes(text)).digest();
};

/** The keys of names: of what derives them and digests, and of the addresses of posts. */
function keysOfNames(names: string) {
  const bytes = hexToBytes(names);
  if (bytes.length !== 2 * KEY_BYTES) throw new Error('createKeys: the keys of names are cut off');
  return {
    derive: keyedBy(bytes.subarray(0, KEY_BYTES)),
    post: keyedBy(bytes.subarray(KEY_BYTES)),
  };
}

type More = {
  /** The `SECRET_KEY` before, while keys are changed: what is sealed with it can be opened. */
  readonly previous?: Uint8Array | undefined;
  /** The `names` of an earlier `SECRET_KEY`, where there was one. */
  readonly names?: string | undefined;
};

/** Derives every key of a city from its `SECRET_KEY` (32 bytes). */
export function createKeys(secret: Uint8Array, random: Random, more: More = {}): Keys {
  if (secret.length !== KEY_BYTES) throw new Error('createKeys: the secret has not 32 bytes');
  const key = (purpose: string, salt?: Uint8Array) =>
    hkdf(sha256, secret, salt, utf8ToBytes(`city-sync/${purpose}/1`), KEY_BYTES);
  const keyed = (purpose: string) => keyedBy(key(purpose));
  const previous = more.previous && createKeys(more.previous, random, { names: more.names });
  const names =
    more.names ?? previous?.names ?? bytesToHex(concatBytes(key('derive'), key('post-lookup')));
  const ofNames = keysOfNames(names);
  const lookupIdentity = keyed('identity-lookup');
  // The same few people write again and again: their HMACs are kept.
  const lookupOf = createMemo(LOOKUPS_KEPT, (identity: string) =>
    bytesToHex(lookupIdentity(identity)),
  );
  const lookupSecret = {
    code: keyed('code-lookup'),
    invite: keyed('invite-lookup'),
    link: keyed('link-lookup'),
    slip: keyed('slip-lookup'),
    recovery: (text: string) => ofNames.derive(`recovery-lookup\n${text}`),
    repeat: keyed('repeat-lookup'),
    post: ofNames.post,
    message: (text: string) => ofNames.derive(`message-lookup\n${text}`),
    forgotten: (text: string) => ofNames.derive(`forgotten-lookup\n${text}`),
    data: keyed('data-lookup'),
    desk: keyed('desk-lookup'),
  };
  const deriveBytes = keyed('derive');
  const cipherKey = key('identity-cipher');
  const keyId = bytesToHex(sha256(cipherKey)).slice(0, 8);
  const seal = (text: string): Sealed => {
    const nonce = random.bytes(NONCE_BYTES);
    const ciphertext = gcm(cipherKey, nonce).encrypt(utf8ToBytes(text));
    return { keyId, bytes: concatBytes(nonce, ciphertext) };
  };
  const open = (sealed: Sealed): string => {
    if (sealed.keyId !== keyId) {
      if (previous !== undefined) return previous.open(sealed);
      throw new Error('What is stored was sealed with another SECRET_KEY.');
    }
    const nonce = sealed.bytes.subarray(0, NONCE_BYTES);
    const plain = gcm(cipherKey, nonce).decrypt(sealed.bytes.subarray(NONCE_BYTES));
    return new TextDecoder().decode(plain);
  };
  return {
    identityLookup: (channel, address) => lookupOf(`${channel}\n${address}`),
    seal,
    open,
    sealText: (text) => {
      const { bytes } = seal(text);
      return `${keyId}:${bytesToHex(bytes)}`;
    },
    openText: (sealed) => {
      const [id = '', hex = ''] = sealed.split(':');
      return open({ keyId: id, bytes: hexToBytes(hex) });
    },
    secretLookup: (purpose, secret) => bytesToHex(lookupSecret[purpose](secret)),
    derive: (purpose, seed) => deriveBytes(`${purpose}\n${seed}`),
    deriveName: (purpose, seed) => ofNames.derive(`${purpose}\n${seed}`),
    names,
    previous,
    keyId,
    backupKey: (salt) => key('backup', salt),
  };
}
