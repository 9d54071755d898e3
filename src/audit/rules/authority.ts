/**
 * Who had a right to what they did: every act that names who did it is held against the delegations
 * of the partner and the city's admins at that time, and against how the partner stood then.
 */
import type { FindingCode } from '../findings.ts';
import { nsidOf } from '../kinds.ts';
import { type Context, isParticipant, uriAt } from './context.ts';

/** Times in ms; a right without an end has infinity. */
export type Delegation = {
  readonly participant: string;
  readonly role: string;
  readonly since: number;
  readonly until: number;
  readonly by: string | undefined;
};

export type Standing = {
  readonly status: string;
  readonly at: number;
  readonly by: string | undefined;
  /** Empty for none. */
  readonly reason: string;
};

/** What a record says about who may act, and how a partner stood, oldest first. */
type Partner = {
  readonly status: string;
  readonly delegations: readonly Delegation[];
  readonly history: readonly Standing[];
};

type Right = 'tasks' | 'offers' | 'reviews' | 'codes';

const ROLES: Readonly<Record<Right, readonly string[]>> = {
  tasks: ['owner', 'manager'],
  offers: ['owner', 'manager'],
  reviews: ['owner', 'reviewer'],
  codes: ['owner', 'counter'],
};

type Told = {
  readonly participant: string;
  readonly role: string;
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly by?: string;
};

/** The delegations of a record, as numbers. */
export const delegationsIn = (told: readonly Told[] = []): readonly Delegation[] =>
  told.map(({ participant, role, startsAt, endsAt, by }) => ({
    participant,
    role,
    since: Date.parse(startsAt),
    until: endsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endsAt),
    by,
  }));

const had = (
  delegations: readonly Delegation[],
  who: string,
  { roles, time }: { readonly roles: readonly string[]; readonly time: number },
): boolean =>
  delegations.some(
    ({ participant, role, since, until }) =>
      participant === who && roles.includes(role) && since <= time && time <= until,
  );

/** Did a partner stand like this at a time? At the moment of a change it stands like both. */
export const stoodAs = (
  history: readonly Standing[],
  time: number,
  states: readonly string[],
): boolean =>
  history.some(
    ({ status, at }, index) =>
      states.includes(status) && at <= time && time <= (history[index + 1]?.at ?? time),
  );

type Act = {
  /** The place of the partner that it was done for. */
  readonly partner: number;
  /** Who did it; undefined where the record is older than that was written down. */
  readonly by: string | undefined;
  /** As what they did it, where the record says so. */
  readonly as?: string | undefined;
  /** Whose work or credits it is about, where that is somebody's. */
  readonly about?: string | undefined;
  /** In ms. */
  readonly time: number;
  readonly right: Right;
  readonly fail: (code: FindingCode, sentence: string) => void;
};

export type Authority = ReturnType<typeof createAuthority>;

export function createAuthority(
  context: Context,
  {
    admins,
    partners,
  }: {
    readonly admins: readonly Delegation[];
    readonly partners: ReadonlyMap<number, Partner>;
  },
) {
  const wasAdmin = (who: string | undefined, time: number): boolean =>
    who !== undefined && had(admins, who, { roles: ['admin'], time });

  /** A partner that was not approved did nothing, whoever it was that acted for it. */
  const checkStanding = (
    at: number,
    { time, states, fail }: Pick<Act, 'time' | 'fail'> & { readonly states: readonly string[] },
  ): void => {
    const history = partners.get(at)?.history ?? [];
    if (history.length === 0 || stoodAs(history, time, states)) return;
    fail('act-partner', `${uriAt(context, 'partner', at)} was not approved then.`);
  };

  const check = ({ partner: at, by, as, about, time, right, fail }: Act): void => {
    const partner = partners.get(at);
    if (partner === undefined) return;
    const { delegations, history } = partner;
    if (by !== undefined && by === about) {
      fail('act-unauthorized', `${by} decided about what is their own.`);
    }
    const inPlace = right === 'reviews' && stoodAs(history, time, ['suspended']);
    if (inPlace && (as ?? 'admin') === 'admin' && wasAdmin(by, time)) return;
    const roles = ROLES[right].filter((role) => role === (as ?? role));
    if (by !== undefined && !had(delegations, by, { roles, time })) {
      const uri = uriAt(context, 'partner', at);
      fail('act-unauthorized', `${by} had no right to do this for ${uri} then.`);
      return;
    }
    const states = right === 'codes' ? ['approved', 'suspended'] : ['approved'];
    checkStanding(at, { time, states, fail });
  };

  checkGiven(context, { admins, partners, wasAdmin });
  return { check, checkStanding, wasAdmin };
}

/**
 * To be told of each record of a kind, in the order of the keys: whether it fails to say who did it,
 * although an earlier one says so. Those that are older than this was written down do not.
 */
export function createNamed(): (by: string | undefined) => boolean {
  let isNamed = false;
  return (by) => {
    isNamed ||= by !== undefined;
    return isNamed && by === undefined;
  };
}

export const UNNAMED = 'It does not say who did it, and an earlier one does.';

type Given = {
  readonly admins: readonly Delegation[];
  readonly partners: ReadonlyMap<number, Partner>;
  readonly wasAdmin: (who: string | undefined, time: number) => boolean;
};

/**
 * Who gave a role had the right to: an owner of that partner, or an admin. It rests on one that is
 * told of earlier, so that nobody has a role by it alone, nor two people by one another.
 */
function checkGiven(context: Context, { admins, partners, wasAdmin }: Given): void {
  const { findings, repository } = context;
  const city = `at://${repository.did}/${nsidOf('city')}/self`;
  const checkList = (uri: string, list: readonly Delegation[], giver: 'admin' | 'owner') => {
    for (const [place, { participant, role, since, until, by }] of list.entries()) {
      const names = [participant, ...(by === undefined ? [] : [by])];
      if (!names.every(isParticipant)) {
        findings.add(
          'participant-invalid',
          uri,
          'It names a person by something else than a participant id.',
        );
      }
      if (until < since)
        findings.add(
          'act-unauthorized',
          uri,
          `${participant} has a role that ended before it began.`,
        );
      if (by === undefined || (giver === 'owner' && wasAdmin(by, since))) continue;
      if (had(list.slice(0, place), by, { roles: [giver], time: since })) continue;
      findings.add(
        'act-unauthorized',
        uri,
        `${by} made ${participant} a ${role} and had no right to.`,
      );
    }
  };
  checkList(city, admins, 'admin');
  for (const [at, { delegations, history, status }] of partners) {
    const uri = uriAt(context, 'partner', at);
    checkList(uri, delegations, 'owner');
    const last = history.at(-1);
    if (last !== undefined && last.status !== status) {
      findings.add('partner-standing', uri, `It is ${status}, and by its history ${last.status}.`);
    }
    if (last === undefined && delegations.length > 0) {
      findings.add('partner-standing', uri, 'It says who acts for it, and not how it stood.');
    }
    for (const { status: became, at: time, by, reason } of history) {
      if (became === 'suspended' && by !== undefined && reason.trim() === '') {
        findings.add('partner-standing', uri, `${by} suspended it without a reason.`);
      }
      if (by === undefined || wasAdmin(by, time)) continue;
      findings.add('act-unauthorized', uri, `${by} made it ${became}, and was no admin then.`);
    }
  }
}
