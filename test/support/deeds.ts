// A city in which anything may happen, by the services that people use.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import type { Context } from '../../src/services/context.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { agreeToCorrection, askCorrection } from '../../src/services/credits/correct-credits.ts';
import { expireCodes } from '../../src/services/credits/expire-codes.ts';
import { openEpoch } from '../../src/services/credits/open-epoch.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { seeUndoable, undoConfirm } from '../../src/services/credits/undo-confirm.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { pauseOffer, setPrice } from '../../src/services/partners/change-offer.ts';
import { inviteAdmin } from '../../src/services/partners/invite-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { settlePrices } from '../../src/services/partners/record-offer.ts';
import { agreeToPublicEvidence } from '../../src/services/people/agree-to-public-evidence.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { setLanguage } from '../../src/services/people/set-language.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import { isAdmin } from '../../src/services/roles.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { recordWork } from '../../src/services/tasks/record-work.ts';
import type { Person, TestCity } from './city.ts';

const PEOPLE = 4;
const who = fc.nat(PEOPLE - 1);
/** One of what there is by then, whatever number that is. */
const some = fc.nat(1000);
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const does = <N extends string, F extends Readonly<Record<string, unknown>>>(
  name: N,
  facts: { readonly [K in keyof F]: fc.Arbitrary<F[K]> },
): fc.Arbitrary<{ readonly does: N } & F> =>
  fc.record({ does: fc.constant(name), ...facts }) as never;

const deed = fc.oneof(
  weighted(
    3,
    does('announce', {
      credits: fc.integer({ min: 1, max: 40 }),
      slots: fc.integer({ min: 1, max: 3 }),
      place: fc.nat(3),
    }),
  ),
  weighted(
    1,
    does('offer', {
      credits: fc.integer({ min: 1, max: 12 }),
      perDay: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  ),
  weighted(
    1,
    does('invite', {
      kind: fc.constantFrom('issuer' as const, 'redeemer' as const),
      accepted: fc.boolean(),
      name: fc.nat(3),
    }),
  ),
  weighted(1, does('cap', { amount: fc.nat(400), name: fc.nat(3) })),
  weighted(3, does('join', { who, some })),
  weighted(1, does('drop', { who, some })),
  weighted(3, does('send', { who, some, pictures: fc.nat(2) })),
  weighted(6, does('work', { who, some, pictures: fc.nat(1) })),
  weighted(
    6,
    does('review', {
      some,
      approved: fc.boolean(),
      note: fc.constantFrom('seen', 'too dark\nsend another', 'approved: no'),
    }),
  ),
  weighted(5, does('redeem', { who, some })),
  weighted(1, does('release', { who, some })),
  /** Also what was sent before, and comes in only now. */
  weighted(2, does('confirm', { some, lateMinutes: fc.oneof(fc.constant(0), fc.nat(26 * 60)) })),
  weighted(1, does('undo', { who })),
  weighted(2, does('price', { some, credits: fc.integer({ min: 1, max: 14 }) })),
  weighted(1, does('pause', { some, isPaused: fc.boolean() })),
  weighted(1, does('guess', { some })),
  weighted(2, does('correct', { who, amount: fc.integer({ min: -15, max: 15 }) })),
  weighted(1, does('stop', { who })),
  weighted(1, does('alerts', { who, isOn: fc.boolean() })),
  weighted(1, does('close', { some })),
  weighted(1, does('record', { some })),
  weighted(2, does('wait', { minutes: fc.nat(20) })),
  weighted(1, does('waitDays', { days: fc.nat(20) })),
);
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

export const deeds = fc.array(deed, { minLength: 30, maxLength: 150, size: 'max' });

export type World = {
  readonly city: TestCity;
  readonly people: readonly Person[];
  readonly codes: string[];
};

/** A city with some people, before anything happens. */
export function openWorld(city: TestCity): World {
  city.run((context) => {
    publishCity(context);
    openEpoch(context);
  });
  const people = Array.from({ length: PEOPLE }, (_, at) => city.join(`+1510555030${at}`));
  for (const person of people) {
    city.run((context) =>
      agreeToPublicEvidence(
        context,
        { identityId: person.identityId, personId: person.id },
        { wording: 'yes', consent: 'words' },
      ),
    );
  }
  const world = { city, people, codes: [] };
  for (const at of [0, 1, 2]) {
    act(world, { does: 'announce', credits: 10 + at, slots: at + 1, place: at });
    act(world, { does: 'offer', credits: 3 + at, perDay: at === 0 ? null : at });
  }
  return world;
}

/** A clean picture that came with a message; its number. */
function newPicture(context: Context, person: Person, at: number): number {
  const { tx } = context;
  const inboxId = newMessage(context, person);
  const id = tx.pictures.add({ inboxId }, `raw-${inboxId}`);
  const bytes = Uint8Array.from([at, id & 255]);
  const cid = cidOfBlob(bytes);
  tx.pictures.markClean(id, {
    cid,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mediaType: 'image/jpeg',
    sizeBytes: 1000 + at,
    width: 10,
    height: 20,
    spoolKey: `clean-${id}`,
    perceptualHash: at === 0 ? createHash('sha256').update(`${id}`).digest('hex') : null,
  });
  return id;
}

const newMessage = (context: Context, person: Person): number =>
  context.tx.inbox.add({
    channel: 'sms',
    externalId: context.newTid(),
    identityId: person.identityId,
    payload: { text: '', replyTo: null, pictures: 0 },
    receivedAt: context.now,
  }) ?? 0;

const pick = (count: number, at: number): number => (count === 0 ? 0 : (at % count) + 1);

/** Does one thing, if it can be done. */
export function act({ city, people, codes }: World, one: Deed): void {
  if (one.does === 'wait') city.clock.now += one.minutes * MINUTE_MS;
  if (one.does === 'waitDays') city.clock.now += one.days * DAY_MS;
  const person = 'who' in one ? (people[one.who] as Person) : city.organizer;
  city.run((context) => {
    const { tx, now } = context;
    openEpoch(context);
    const taskId = 'some' in one ? pick(tx.tasks.nextId() - 1, one.some) : 0;
    const code = 'some' in one ? (codes[one.some % Math.max(1, codes.length)] ?? '') : '';
    switch (one.does) {
      case 'announce':
        announceTask(context, city.organizer.id, {
          title: `Sweep ¡ya! ${one.credits}`,
          place: ['The square', 'the SQUARE', 'Río Park', 'Pier 7'][one.place] ?? '',
          credits: one.credits,
          slots: one.slots,
          // Work on the one begins soon, and on the other it can be done any time.
          startsAt: one.slots === 1 ? now + 30 * MINUTE_MS : now,
          isAnyTime: one.slots === 1 ? 0 : 1,
          endsAt: one.slots === 1 ? null : now + 31 * DAY_MS,
        });
        return;
      case 'offer':
        addOffer(context, city.redeemer.id, {
          title: 'Café',
          credits: one.credits,
          perDay: one.perDay,
        });
        return;
      case 'invite': {
        const invited = invitePartner(context, city.admin.id, {
          kind: one.kind,
          name: `Partner ${one.name}`,
        });
        if (invited.ok && one.accepted)
          acceptInvite(context, city.organizer.id, invited.value.token);
        return;
      }
      case 'cap':
        setCap(context, city.admin.id, {
          issuer: one.name === 0 ? 'The Issuer' : `Partner ${one.name}`,
          amount: one.amount,
        });
        return;
      case 'join':
        joinTask(context, person, taskId);
        return;
      case 'drop':
        dropTask(context, person.id, taskId);
        return;
      case 'work':
      case 'send': {
        if (one.does === 'work') joinTask(context, person, taskId);
        const pictureIds = Array.from({ length: one.pictures }, (_, at) =>
          newPicture(context, person, at),
        );
        const inboxId = newMessage(context, person);
        submitEvidence(context, person, { taskId, text: 'Done 🦆', pictureIds, inboxId });
        return;
      }
      case 'review': {
        const waiting = tx.evidence.waiting(1, 100);
        const evidenceId = waiting[one.some % Math.max(1, waiting.length)]?.evidence.id ?? 0;
        const { approved, note } = one;
        reviewEvidence(context, city.organizer, { evidenceId, approved, note });
        return;
      }
      case 'redeem': {
        const redeemed = redeemOffer(context, person, pick(tx.offers.nextId() - 1, one.some));
        if (redeemed.ok) codes.push(redeemed.value.code);
        return;
      }
      case 'release':
        releaseCode(context, person.id, code);
        return;
      case 'confirm':
        confirmCode(
          { ...context, sentAt: now - one.lateMinutes * MINUTE_MS },
          city.redeemer.id,
          code,
        );
        return;
      case 'correct': {
        // The organizer is an admin as well from then on.
        if (!isAdmin(context, city.organizer.id)) {
          const invited = inviteAdmin(context, city.admin.id);
          if (invited.ok) acceptInvite(context, city.organizer.id, invited.value.token);
        }
        const { participantId } = person;
        const wrong = { participantId, amount: one.amount, reason: 'a bag was missed' };
        const asked = askCorrection(context, city.organizer, wrong);
        if (asked.ok) agreeToCorrection(context, city.admin, asked.value.correction);
        return;
      }
      case 'price': {
        const offerId = pick(tx.offers.nextId() - 1, one.some);
        settlePrices(context, 1 + (one.some % 2));
        setPrice(context, city.redeemer.id, { offerId, credits: one.credits });
        return;
      }
      case 'pause': {
        const offerId = pick(tx.offers.nextId() - 1, one.some);
        pauseOffer(context, city.redeemer.id, { offerId, isPaused: one.isPaused });
        return;
      }
      case 'undo': {
        const last = seeUndoable(context, city.redeemer.id);
        if (last.ok) undoConfirm(context, city.redeemer, last.value.redemption);
        return;
      }
      case 'guess':
        confirmCode(context, city.redeemer.id, 'AAAAAAAA');
        return;
      case 'stop':
        stopMessages(context, person.identityId, 'stopped');
        setLanguage(context, person.id, 'es');
        return;
      case 'alerts':
        setAlerts(context, person.identityId, { isOn: one.isOn, wording: 'alerts' });
        tx.identities.setOptOutHint(person.identityId, context.now);
        tx.identities.setUnreachable(person.identityId, one.isOn ? null : context.now);
        tx.people.setPublicDid(person.id, one.isOn ? 'did:plc:somebody' : null);
        return;
      case 'close':
        closeTask(context, city.organizer.id, taskId);
        return;
      case 'record':
        if (taskId > 0) recordWork(context, taskId);
        return;
      default:
        expireCodes(context, 10);
    }
  });
}
