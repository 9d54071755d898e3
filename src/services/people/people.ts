/** What a person decides about themselves: to take part, to be told, to be silent, in which language. */
import { newParticipantId } from '../../lib/ids.ts';
import type { Context } from '../context.ts';

/**
 * The identity of an address on a channel, made with a new person when it is first seen; only
 * then is `language` asked for.
 */
export function identityOf(
  context: Context,
  channel: string,
  address: string,
  language: () => string,
): number {
  const { tx, keys, now } = context;
  const lookup = keys.identityLookup(channel, address);
  const known = tx.people.identityFound(channel, lookup);
  if (known !== undefined) {
    // Somebody who writes can be reached, whatever their channel said before.
    if (known.unreachableAt !== null) tx.people.setUnreachable(known.id, null);
    return known.id;
  }
  const personId = tx.people.addPerson({
    participantId: newParticipantId(context.random),
    language: language(),
    createdAt: now,
  });
  const sealed = keys.seal(address);
  return tx.people.addIdentity({
    channel,
    lookup,
    keyId: sealed.keyId,
    ciphertext: sealed.bytes,
    personId,
    createdAt: now,
  });
}

type At = { readonly identityId: number; readonly personId: number };

/** The person takes part and gets messages; what was agreed to is kept word for word. */
export function agreeToMessages(context: Context, at: At, wording: string): void {
  const { tx, now } = context;
  tx.people.setJoined(at.personId, now);
  tx.people.setStopped(at.identityId, null);
  tx.people.addConsent({ identityId: at.identityId, kind: 'messages', wording, at: now });
}

/**
 * The person agrees that what they send as evidence becomes public; with `isPost`, that the record
 * points at posts of theirs, and so that they are public under their own DID.
 */
export function agreeToPublicEvidence(
  context: Context,
  at: At,
  wording: string,
  isPost = false,
): void {
  const { tx, keys, now } = context;
  tx.people.setPublicEvidence(at.personId, now);
  const identity = isPost ? tx.people.identity(at.identityId) : undefined;
  if (identity !== undefined) {
    const did = keys.open({ keyId: identity.keyId, bytes: identity.ciphertext });
    tx.people.setPublicDid(at.personId, did);
  }
  const kind = isPost ? 'public-did' : 'public-evidence';
  tx.people.addConsent({ identityId: at.identityId, kind, wording, at: now });
}

/** STOP: nothing more goes to this identity, and what waits for it is dropped. */
export function stopMessages(context: Context, identityId: number, wording: string): void {
  const { tx, now } = context;
  tx.people.setStopped(identityId, now);
  tx.people.addConsent({ identityId, kind: 'stop', wording, at: now });
  tx.people.endSession(identityId);
  tx.followUps.end(identityId);
  tx.outbox.silence(identityId);
}

/** Does an address get texts about new tasks? */
export const hasAlerts = ({ tx }: Context, identityId: number): boolean =>
  (tx.people.identity(identityId)?.alertsAt ?? null) !== null;

/** The person wants texts about new tasks here, or no more; what they were told is kept word for word. */
export function setAlerts(
  context: Context,
  identityId: number,
  isOn: boolean,
  wording: string,
): void {
  const { tx, now } = context;
  tx.people.setAlerts(identityId, isOn ? now : null);
  tx.people.addConsent({ identityId, kind: 'alerts', wording, at: now });
}

/** START: messages may be sent again. */
export const startMessages = (context: Context, at: At, wording: string): void =>
  agreeToMessages(context, at, wording);

/** A person's language, by their own words or wish. */
export const setLanguage = (context: Context, personId: number, language: string): void => {
  context.tx.people.setLanguage(personId, language, true);
};

/** A person's language as somebody else supposes it: their own first words decide. */
export const supposeLanguage = (context: Context, personId: number, language: string): void => {
  context.tx.people.setLanguage(personId, language, false);
};

export type Roles = {
  readonly admin: boolean;
  readonly issuers: readonly string[];
  readonly redeemers: readonly string[];
};

/** What a person may act for: the names of approved partners, and whether for the city. */
export function rolesOf(context: Context, personId: number): Roles {
  const acting = context.acting(personId);
  const names = (kind: 'issuer' | 'redeemer') =>
    acting.flatMap(({ partner }) =>
      partner?.kind === kind && partner.state === 'approved' ? [partner.name] : [],
    );
  return {
    admin: acting.some(({ role }) => role === 'admin'),
    issuers: names('issuer'),
    redeemers: names('redeemer'),
  };
}

/** The persons who act for the city itself. */
export const adminsOf = (context: Context): readonly number[] =>
  context.tx.partners.personsActingFor(null, context.now);

/** The persons who review for a task's issuer. */
export function reviewersOf(context: Context, partnerId: number): readonly number[] {
  return context.tx.partners.personsActingFor(partnerId, context.now);
}
