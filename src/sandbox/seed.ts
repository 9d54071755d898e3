/** The demo city of the sandbox: an admin, an issuer, a redeemer, tasks to join and offers to take. */
import { TZDate } from '@date-fns/tz';
import type { Core } from '../city/core.ts';
import { announcement } from '../conversation/announcement.ts';
import type { Result } from '../lib/result.ts';
import { type Context, contextOf } from '../services/context.ts';
import { setCap } from '../services/credits/set-cap.ts';
import { acceptInvite } from '../services/partners/accept-invite.ts';
import { addOffer } from '../services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../services/partners/invite-first-admin.ts';
import { invitePartner } from '../services/partners/invite-partner.ts';
import { agreeToMessages } from '../services/people/agree-to-messages.ts';
import { findOrAddIdentity } from '../services/people/find-identity.ts';
import { supposeLanguage } from '../services/people/suppose-language.ts';
import { adminsOf } from '../services/roles.ts';
import { announceTask } from '../services/tasks/announce-task.ts';
import type { Store } from '../store/store.ts';

export const SEEDED = {
  admin: '+15105550100',
  resident: '+15105550101',
  organizer: '+15105550110',
  secondOrganizer: '+15105550111',
  redeemer: '+15105550120',
} as const;

export const ISSUER = 'Codornices Creek Friends';
export const SECOND_ISSUER = 'Berkeley Food Shelf';
export const REDEEMER = 'Northside Café';
const ISSUER_CAP = 5000;
const SECOND_ISSUER_CAP = 1000;
const SATURDAY = 6;

/** The time (ms) of an hour on the first Saturday at least two days away, or some days after it. */
function comingSaturday(now: number, timeZone: string, daysLater: number, hour: number): number {
  const today = new TZDate(now, timeZone);
  const ahead = ((SATURDAY - today.getDay() + 7 - 2) % 7) + 2;
  const { day, month, year } = {
    day: today.getDate() + ahead + daysLater,
    month: today.getMonth(),
    year: today.getFullYear(),
  };
  return new TZDate(year, month, day, hour, 0, 0, timeZone).getTime();
}

type DemoTask = {
  readonly title: string;
  readonly place: string;
  readonly credits: number;
  readonly slots: number;
  readonly daysLater: number;
  /** Hours of the day; one that begins with the city and can be done any time has no first one. */
  readonly from: number | null;
  readonly to: number;
};

export const TASKS: readonly DemoTask[] = [
  {
    title: 'Clean up Codornices Creek',
    place: 'Codornices Park, Euclid Ave',
    credits: 20,
    slots: 12,
    daysLater: 0,
    // It is under way from the beginning, so that the loop needs no waiting.
    from: null,
    to: 11,
  },
  {
    title: 'Information booth at the farmers market',
    place: 'North Shattuck, Vine St',
    credits: 16,
    slots: 4,
    daysLater: 5,
    from: 15,
    to: 17,
  },
  {
    title: 'Bring groceries to older neighbors',
    place: 'Live Oak Community Center',
    credits: 25,
    slots: 2,
    daysLater: 8,
    from: 10,
    to: 12,
  },
];

const SECOND_TASKS: readonly DemoTask[] = [
  {
    title: 'Sort donated food',
    place: 'Food shelf, Ninth St',
    credits: 15,
    slots: 6,
    daysLater: 9,
    from: 13,
    to: 15,
  },
];

const OFFERS = [
  { title: 'Coffee, any size', credits: 10, perDay: null },
  { title: 'Sourdough loaf', credits: 15, perDay: 20 },
  { title: 'Breakfast for one', credits: 20, perDay: 10 },
] as const;

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demo city could not be made: ${result.refusal.code}`);
  return result.value;
}

/** Adds a person who agrees to take part and reads the city's first language; answers their id. */
function joinPerson(context: Context, address: string): number {
  const [language = ''] = context.city.languages;
  const identityId = findOrAddIdentity(context, { channel: 'sms', address }, () => language);
  const identity = context.tx.identities.get(identityId);
  if (identity === undefined) throw new Error('joinPerson: the identity is not there');
  const { personId } = identity;
  supposeLanguage(context, personId, language);
  agreeToMessages(context, { identityId, personId }, 'Seeded for the sandbox.');
  return personId;
}

/** An issuer with its organizer, its cap and its tasks. */
function addIssuer(
  context: Context,
  mailer: Core['mailer'],
  issuer: {
    readonly adminId: number;
    readonly organizerId: number;
    readonly name: string;
    readonly cap: number;
    readonly tasks: readonly DemoTask[];
  },
): void {
  const { now, city } = context;
  const { adminId, organizerId, name, cap, tasks } = issuer;
  const invited = expectOk(invitePartner(context, adminId, { kind: 'issuer', name }));
  expectOk(acceptInvite(context, organizerId, invited.token));
  const amount = Math.min(cap, city.policies.cityCap);
  expectOk(setCap(context, adminId, { issuer: name, amount }));
  for (const { title, place, credits, slots, daysLater, from, to } of tasks) {
    const announced = expectOk(
      announceTask(context, organizerId, {
        title,
        place,
        credits,
        slots,
        startsAt: from === null ? now : comingSaturday(now, city.timeZone, daysLater, from),
        endsAt: comingSaturday(now, city.timeZone, daysLater, to),
        isAnyTime: from === null ? 1 : 0,
      }),
    );
    mailer.announce(context, {
      taskId: announced.task.id,
      build: (voice) => announcement(voice, announced.task, announced.issuer.name, now),
    });
  }
}

/** Fills the demo city through the same services that people use, in one transaction. */
export function seedDemoCity(
  store: Store,
  core: Pick<Core, 'foundation' | 'mailer'>,
  tasks: readonly DemoTask[] = TASKS,
): void {
  store.transact((tx) => {
    const context = contextOf(core.foundation, tx);
    const adminId = joinPerson(context, SEEDED.admin);
    const invite = inviteFirstAdmin(context);
    if (invite === undefined) throw new Error('The demo city has an admin already.');
    expectOk(acceptInvite(context, adminId, invite));

    const organizerId = joinPerson(context, SEEDED.organizer);
    addIssuer(context, core.mailer, {
      ...{ adminId, organizerId, name: ISSUER, cap: ISSUER_CAP, tasks },
    });

    const redeemerId = joinPerson(context, SEEDED.redeemer);
    const redeemer = expectOk(
      invitePartner(context, adminId, { kind: 'redeemer', name: REDEEMER }),
    );
    expectOk(acceptInvite(context, redeemerId, redeemer.token));

    for (const offer of OFFERS) expectOk(addOffer(context, redeemerId, offer));
  });
}

/** The demo city with another organizer beside the first, so that what belongs to whom can be seen. */
export function seedSandbox(store: Store, core: Pick<Core, 'foundation' | 'mailer'>): void {
  seedDemoCity(store, core);
  store.transact((tx) => {
    const context = contextOf(core.foundation, tx);
    const [adminId = 0] = adminsOf(context);
    addIssuer(context, core.mailer, {
      ...{ adminId, organizerId: joinPerson(context, SEEDED.secondOrganizer) },
      ...{ name: SECOND_ISSUER, cap: SECOND_ISSUER_CAP, tasks: SECOND_TASKS },
    });
  });
}
