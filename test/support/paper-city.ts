// A city on paper: its public records written by hand from the lexicons, by somebody who knows
// nothing of the program; so that a test can also write what the program never would.
import type { Secp256k1Keypair } from '@atproto/crypto';
import { tidOf } from '../../src/lib/ids.ts';
import type { Encodable } from './dag-cbor.ts';
import {
  blockOf,
  newKey,
  type PaperRecord,
  type Signed,
  signRepository,
} from './paper-repository.ts';

export type Ref = { readonly uri: string; readonly cid: string };

type Value = Record<string, Encodable>;

const CIVIC = 'org.city-sync.civic';
export const NSID = {
  city: `${CIVIC}.city`,
  epoch: `${CIVIC}.epoch`,
  partner: `${CIVIC}.partner`,
  task: `${CIVIC}.task`,
  claim: `${CIVIC}.claim`,
  offer: `${CIVIC}.offer`,
  transfer: `${CIVIC}.transfer`,
  redemption: `${CIVIC}.redemption`,
  location: 'app.certified.location',
  activity: 'org.hypercerts.claim.activity',
  collection: 'org.hypercerts.collection',
  profile: 'app.certified.actor.profile',
  organization: 'app.certified.actor.organization',
  evidence: 'org.hypercerts.context.attachment',
  evaluation: 'org.hypercerts.context.evaluation',
  review: `${CIVIC}.review`,
} as const;

const US_PER_SECOND = 1_000_000;
const START_US = Date.UTC(2026, 9, 5, 12) * 1000;
const CLOCK_ID = 7;
export const CREDITS = 20;
export const PRICE = 10;

export const rkeyOf = (ref: Ref): string => ref.uri.split('/').at(-1) ?? '';

/** The participant of a number: as random ones look, and easy to read in a test. */
export const participantOf = (number: number): string =>
  `p-${number.toString(32).padStart(12, '0')}`;

/** Two admins asked for a correction and agreed to it. */
const ADMINS: Value = {
  reason: 'one bag was counted wrongly',
  askedBy: participantOf(801),
  agreedBy: participantOf(802),
};

export type PaperCity = Awaited<ReturnType<typeof createPaperCity>>;

/** An empty city with a key of its own. Everything in it takes a second of its clock. */
async function createPaperCity(did = 'did:plc:paperville234567abcdefgh', key?: Secp256k1Keypair) {
  const signingKey = key ?? (await newKey());
  const records = new Map<string, PaperRecord>();
  let timeUs = START_US;
  let stepUs = US_PER_SECOND;
  let position = 0;
  let previous: Ref | undefined;

  const tick = (): number => {
    timeUs += stepUs;
    return timeUs;
  };
  const iso = (us: number): string => new Date(Math.floor(us / 1000)).toISOString();
  /** Puts a record, new or in the place of another, and answers the reference to it. */
  const put = (collection: string, rkey: string, value: Value): Ref => {
    const uri = `at://${did}/${collection}/${rkey}`;
    const record = { collection, rkey, value: { $type: collection, ...value } };
    records.set(uri, record);
    return { uri, cid: blockOf(record.value).cid.toString() };
  };
  const add = (collection: string, value: Value): Ref => {
    const now = tick();
    return put(collection, tidOf(now, CLOCK_ID), { ...value, createdAt: iso(now) });
  };
  const read = (ref: Ref): Value => {
    const value = records.get(ref.uri)?.value;
    if (value === undefined) throw new Error(`There is no ${ref.uri}.`);
    return value as Value;
  };
  /** Changes fields of a record where it stands, without a word about it. */
  const edit = (ref: Ref, fields: Value): Ref => {
    const { collection, rkey } = records.get(ref.uri) as PaperRecord;
    const { $type: _type, ...value } = { ...read(ref), ...fields };
    return put(collection, rkey, value);
  };

  const transfer = (fields: Value): Ref => {
    const now = tick();
    position += 1;
    previous = put(NSID.transfer, tidOf(now, 0), {
      position,
      ...(previous === undefined ? {} : { previous: previous.cid }),
      creditKind: 'CITY',
      timeUs: now,
      createdAt: iso(now),
      ...fields,
    });
    return previous;
  };

  const writeActivity = (rkey: string, participants: readonly string[]): Ref =>
    put(NSID.activity, rkey, {
      title: 'Clean up the creek',
      shortDescription: 'Work that residents did.',
      contributors: participants.map((identity) => ({
        contributorIdentity: {
          $type: 'org.hypercerts.claim.activity#contributorIdentity',
          identity,
        },
      })),
      createdAt: iso(tick()),
    });

  const city = {
    did,
    key: signingKey,
    put,
    add,
    edit,
    remove: (ref: Ref) => records.delete(ref.uri),
    /** As the city replaces a record: with the time of it. */
    replace: (ref: Ref, fields: Value): Ref => edit(ref, { ...fields, updatedAt: iso(tick()) }),
    read,
    transfer,
    /** The next transfer continues after this one, as if there were none behind it. */
    rewindTo: (ref: Ref, at: number): void => {
      previous = ref;
      position = at;
    },
    writeCity: (fields: Value = {}) =>
      put(NSID.city, 'self', {
        name: 'Paperville',
        admins: [ADMINS['askedBy'], ADMINS['agreedBy']].map((participant) => ({
          ...{ participant, role: 'admin' },
          startsAt: '2026-10-01T00:00:00.000Z',
        })),
        createdAt: iso(tick()),
        ...fields,
      }),
    writeEpoch: (caps: readonly Value[], fields: Value = {}) =>
      put(NSID.epoch, '2026-Q4', {
        name: '2026-Q4',
        startsAt: '2026-10-01T07:00:00.000Z',
        endsAt: '2027-01-01T08:00:00.000Z',
        caps,
        rejectionPolicy: 'withhold',
        createdAt: iso(tick()),
        ...fields,
      }),
    /** Another epoch than the first: a quarter of 2027. */
    writeLaterEpoch: (name: string, caps: readonly Value[]) => {
      const quarter = Number(name.at(-1));
      const beginning = (index: number) =>
        `2027-${String(index * 3 - 2).padStart(2, '0')}-01T0${index === 1 ? 8 : 7}:00:00.000Z`;
      return put(NSID.epoch, name, {
        ...{ name, startsAt: beginning(quarter), endsAt: beginning(quarter + 1) },
        ...{ caps, rejectionPolicy: 'withhold', createdAt: iso(tick()) },
      });
    },
    addPartner: (kind: 'issuer' | 'redeemer', name: string) =>
      add(NSID.partner, { name, kind, status: 'approved' }),
    addTask: (issuer: Ref, fields: Value = {}) =>
      add(NSID.task, {
        title: 'Clean up the creek',
        issuer,
        place: 'Live Oak Park',
        startsAt: iso(START_US + 7 * 86_400 * US_PER_SECOND),
        slots: 100,
        credits: CREDITS,
        creditKind: 'CITY',
        status: 'open',
        ...fields,
      }),
    addOffer: (redeemer: Ref, fields: Value = {}) =>
      add(NSID.offer, {
        title: 'Coffee, any size',
        redeemer,
        credits: PRICE,
        creditKind: 'CITY',
        status: 'open',
        ...fields,
      }),
    addClaim: (task: Ref, participant: string) =>
      add(NSID.claim, { task, participant, status: 'joined' }),
    addEvidence: (claim: Ref, fields: Value = {}) =>
      add(NSID.evidence, {
        title: 'Evidence: Clean up the creek',
        contentType: 'evidence',
        subjects: [claim],
        ...fields,
      }),
    addReview: (
      evidence: Ref,
      decision: 'approved' | 'rejected' = 'approved',
      fields: Value = {},
    ) =>
      add(NSID.review, {
        evidence,
        decision,
        reasonCode: decision === 'approved' ? 'verified' : 'not-done',
        ...fields,
      }),
    /** As reviews were before they had a record of their own. */
    addFormerReview: (evidence: Ref, value: '1' | '0' = '1', fields: Value = {}) =>
      add(NSID.evaluation, {
        evaluators: [{ did }],
        subject: evidence,
        summary: value === '1' ? 'approved: verified' : 'rejected: not-verified',
        score: { min: '0', max: '1', value },
        ...fields,
      }),
    /** Sums up reviews of the work on a task, or of the project. */
    addEvaluation: (subject: Ref, summary: string, score: Value) =>
      add(NSID.evaluation, { evaluators: [{ did }], subject, summary, score }),
    issue: (issuer: Ref, participant: string, review: Ref, amount = CREDITS) =>
      transfer({
        kind: 'posted',
        code: 'issue',
        debit: `issuance:${rkeyOf(issuer)}`,
        credit: `person:${participant}`,
        amount,
        reference: review,
      }),
    hold: (participant: string, redeemer: Ref, offer: Ref, amount = PRICE, fields: Value = {}) =>
      transfer({
        kind: 'pending',
        code: 'hold',
        debit: `person:${participant}`,
        credit: `redeemed:${rkeyOf(redeemer)}`,
        amount,
        reference: offer,
        ...fields,
      }),
    /** Burns credits whose hold was let go of. */
    burnAgain: (hold: Ref, fields: Value = {}) => {
      const { debit, credit, amount } = read(hold);
      const kind = { kind: 'posted', code: 'burn', reference: hold };
      return transfer({ ...kind, debit, credit, amount, ...fields });
    },
    /** The time after so many minutes. */
    inMinutes: (minutes: number): string => iso(timeUs + minutes * 60 * US_PER_SECOND),
    /** Burns or releases what a hold set aside. */
    resolve: (hold: Ref, how: 'burn' | 'release', fields: Value = {}) => {
      const { debit, credit, amount } = read(hold);
      return transfer({
        kind: how === 'burn' ? 'post' : 'void',
        code: how,
        debit,
        credit,
        amount,
        resolves: hold,
        ...fields,
      });
    },
    /** Moves credits between an account and the one of adjustments, to correct a transfer. */
    adjust: (
      debit: string,
      credit: string,
      amount: number,
      corrected?: Ref,
      fields: Value = ADMINS,
    ) =>
      transfer({
        kind: 'posted',
        code: 'adjust',
        debit,
        credit,
        amount,
        ...(corrected === undefined ? {} : { reference: corrected }),
        ...fields,
      }),
    /** What is done takes a microsecond, as after a clock was set back. */
    follow: <T>(work: () => T): T => {
      stepUs = 1;
      try {
        return work();
      } finally {
        stepUs = US_PER_SECOND;
      }
    },
    /** Lets days go by. */
    wait: (days: number): void => {
      timeUs += days * 86_400 * US_PER_SECOND;
    },
    addRedemption: (offer: Ref, redeemer: Ref, burn: Ref, fields: Value = {}) =>
      add(NSID.redemption, { offer, redeemer, burn, ...fields }),
    /** All the work in the city: an activity that is no task's. */
    writeCityWork: (participants: readonly string[]) => writeActivity('city', participants),
    addProject: (items: readonly Ref[], fields: Value = {}) =>
      add(NSID.collection, {
        type: 'project',
        title: 'What residents do',
        items: items.map((itemIdentifier) => ({ itemIdentifier })),
        ...fields,
      }),
    writeProfile: (fields: Value = {}) =>
      put(NSID.profile, 'self', { displayName: 'Paperville', createdAt: iso(tick()), ...fields }),
    writeOrganization: (fields: Value = {}) =>
      put(NSID.organization, 'self', { createdAt: iso(tick()), ...fields }),
    writeActivity: (task: Ref, participants: readonly string[]) =>
      writeActivity(rkeyOf(task), participants),
    records: (): readonly PaperRecord[] => [...records.values()],
    uris: (): readonly string[] => [...records.keys()],
    sign: (forge?: Parameters<typeof signRepository>[2]): Promise<Signed> =>
      signRepository(
        [...records.values()],
        { did, key: signingKey, rev: tidOf(tick(), CLOCK_ID) },
        forge,
      ),
  };
  return city;
}

/** A city before anybody does anything, and the whole loop of a person in it. */
export async function foundPaperCity(did?: string, key?: Secp256k1Keypair) {
  const city = await createPaperCity(did, key);
  city.writeCity();
  const issuer = city.addPartner('issuer', 'Creek Friends');
  const redeemer = city.addPartner('redeemer', 'Northside Café');
  const epoch = city.writeEpoch([
    { creditKind: 'CITY', amount: 1_000_000_000 },
    { issuer, creditKind: 'CITY', amount: 1_000_000_000 },
  ]);
  const task = city.addTask(issuer);
  const offer = city.addOffer(redeemer);
  const earn = (person: number, { isFormer = false } = {}) => {
    const participant = participantOf(person);
    const claim = city.addClaim(task, participant);
    const evidence = city.addEvidence(claim);
    const review = isFormer ? city.addFormerReview(evidence) : city.addReview(evidence);
    const issue = city.issue(issuer, participant, review);
    return { participant, claim, evidence, review, issue };
  };
  const spend = (participant: string) => {
    const hold = city.hold(participant, redeemer, offer);
    const burn = city.resolve(hold, 'burn');
    const redemption = city.addRedemption(offer, redeemer, burn);
    return { hold, burn, redemption };
  };
  const loop = (person: number) => {
    const earned = earn(person);
    return { ...earned, ...spend(earned.participant) };
  };
  return {
    ...city,
    issuer,
    redeemer,
    task,
    offer,
    earn,
    spend,
    loop,
    epoch,
  };
}

export type FoundedCity = Awaited<ReturnType<typeof foundPaperCity>>;
