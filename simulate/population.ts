/** Who lives in the simulated city: those who take part, and the partners, there from the beginning. */
import type { ChannelName } from '../src/conversation/message.ts';
import { foldWords } from '../src/lib/text.ts';
import { type Context, contextOf } from '../src/services/context.ts';
import { openEpoch } from '../src/services/credits/open-epoch.ts';
import { epochNow } from '../src/services/credits/see-caps.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../src/services/partners/invite-first-admin.ts';
import { setAlerts } from '../src/services/people/set-alerts.ts';
import { issuerScope } from '../src/store/caps.ts';
import { addPartner, expectOk, newPerson, unlimited } from '../test/support/city.ts';
import type { Chance } from './chance.ts';
import type { SimulatedCity } from './city.ts';
import {
  ALERTS_SHARE,
  CHANNEL_SHARES,
  CREDITS,
  RESIDENTS_A_PARTNER,
  TAKING_PART,
} from './rates.ts';

export type Person = {
  readonly channel: ChannelName;
  readonly address: string;
  /** In the middle of something, which may take days. */
  isBusy: boolean;
};

export type Issuer = {
  readonly organizer: Person;
  /** Evidence that waits for its reviewers. */
  waiting: Evidence[];
};
export type Evidence = { readonly id: number; readonly by: Person };

type Offer = { readonly id: number; readonly operator: Person };

export type Population = {
  readonly people: Person[];
  readonly issuers: readonly Issuer[];
  readonly offers: readonly Offer[];
  /** Makes somebody who does not take part yet. */
  readonly newcomer: () => Person;
};

/** More than all tasks of an issuer can pay. */
const ISSUER_CAP = 10_000_000;
/** How many people are added in one transaction. */
const PART = 1000;
const FIRST_NUMBER = 2_000_000;
const PARTNERS_AREA = '+1415';
const DID_LETTERS = 24;

/** The address of the one who came at `at`, from 0. */
function addressOf(channel: ChannelName, at: number): string {
  if (channel === 'telegram') return String(5_000_000 + at);
  if (channel === 'sms') return `+1510${FIRST_NUMBER + at}`;
  // Digits as letters: a DID has neither 0 nor 1.
  const letters = [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return `did:plc:${letters.padStart(DID_LETTERS, 'z')}`;
}

const CHANNELS = Object.entries(CHANNEL_SHARES) as [ChannelName, number][];

function channelOf(chance: Chance): ChannelName {
  let left = chance.next();
  for (const [channel, share] of CHANNELS) {
    left -= share;
    if (left < 0) return channel;
  }
  return 'sms';
}

/** Adds everybody; what they were recorded with is published, as far as the city knows. */
export function settle(city: SimulatedCity, residents: number, chance: Chance): Population {
  const { store, foundation } = city;
  // A city that grew over years is made in a moment: no budget is in its way.
  const free = { ...foundation, city: unlimited(foundation.city) };
  const within = <T>(work: (context: Context) => T): T =>
    store.transact((tx) => work(contextOf(free, tx)));
  const people: Person[] = [];
  const make = (): Person => {
    const channel = channelOf(chance);
    return { channel, address: addressOf(channel, people.length), isBusy: false };
  };
  const partners = within((context) => addPartners(context, residents));
  const count = Math.round(residents * TAKING_PART);
  while (people.length < count) {
    within((context) => {
      for (let at = 0; at < PART && people.length < count; at += 1) {
        const person = make();
        addPerson(context, person, chance.isSo(ALERTS_SHARE));
        people.push(person);
      }
    });
  }
  publishAll(city);
  return {
    ...{ ...partners, people },
    newcomer: () => {
      const person = make();
      people.push(person);
      return person;
    },
  };
}

function addPerson(context: Context, { channel, address }: Person, hasAlerts: boolean): void {
  const { identityId } = newPerson(context, address, channel);
  if (hasAlerts) setAlerts(context, identityId, { isOn: true, wording: 'agreed in a simulation' });
}

/** An admin, and so many issuers and redeemers with one person each. */
function addPartners(context: Context, residents: number): Pick<Population, 'issuers' | 'offers'> {
  const count = Math.max(1, Math.round(residents / RESIDENTS_A_PARTNER));
  const numberOf = (at: number): string => `${PARTNERS_AREA}${FIRST_NUMBER + at}`;
  const admin = newPerson(context, numberOf(0));
  expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
  const issuers: Issuer[] = [];
  const offers: Offer[] = [];
  const epoch = epochNow(context).name;
  for (let at = 1; at <= count; at += 1) {
    const organizer = numberOf(2 * at);
    const issuer = `Issuer ${at}`;
    const person = newPerson(context, organizer);
    addPartner(context, admin, { kind: 'issuer', name: issuer, person });
    const { id } = context.tx.partners.byName('issuer', foldWords(issuer)) ?? {};
    if (id === undefined) throw new Error(`There is no ${issuer}.`);
    context.tx.caps.put(issuerScope(id), epoch, ISSUER_CAP);
    issuers.push({ organizer: { channel: 'sms', address: organizer, isBusy: false }, waiting: [] });
    const counter = numberOf(2 * at + 1);
    const operator = newPerson(context, counter);
    addPartner(context, admin, { kind: 'redeemer', name: `Café ${at}`, person: operator });
    const offer = { title: 'Coffee and a cake', credits: CREDITS, perDay: null };
    const offerId = expectOk(addOffer(context, operator.id, offer)).offerId;
    offers.push({ id: offerId, operator: { channel: 'sms', address: counter, isBusy: false } });
  }
  openEpoch(context);
  return { issuers, offers };
}

/** What the city begins with was published long ago. */
function publishAll({ store }: SimulatedCity): void {
  for (let from = 1; ; from += PART) {
    const seqs = Array.from({ length: PART }, (_, at) => from + at);
    store.transact((tx) => tx.records.markPublished(seqs, 0));
    if (store.read.records.publishedHead()?.seq !== from + PART - 1) return;
  }
}
