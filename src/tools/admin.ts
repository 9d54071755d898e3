/** `npm run admin`: who may act for the city and its partners. */
import { ConfigError } from '../config/config.ts';
import { showCode } from '../domain/code.ts';
import { isoTime } from '../lib/clock.ts';
import { maskAddress } from '../lib/mask-address.ts';
import type { Context } from '../services/context.ts';
import {
  inviteAdminOnMachine,
  type LiveDelegation,
  revokeOnMachine,
  seeDelegations,
} from '../services/partners/operator.ts';
import { type Machine, misunderstood, type Tool } from './tool.ts';

const usage = `npm run admin [-- list]                 who may act for the city and for each partner
npm run admin -- invite                 an invitation for one more admin
npm run admin -- recover                the same when no admin can be reached: open ones are void
npm run admin -- revoke p-…             ends all that somebody may do
npm run admin -- revoke p-… <partner>   ends what somebody may do for one partner`;

const nameOf = ({ partner }: LiveDelegation): string => partner ?? 'the city';

function* list(machine: Machine): Generator<string> {
  const lines = machine.transact((context) =>
    seeDelegations(context).map((one) =>
      [
        one.participantId,
        one.role.padEnd(8),
        nameOf(one),
        `since ${isoTime(one.since)}`,
        ...(one.until === null ? [] : [`until ${isoTime(one.until)}`]),
        channelsOf(context, one.personId),
      ].join('  '),
    ),
  );
  for (const line of lines) yield `${line}\n`;
  if (lines.length === 0) yield 'Nobody may act for the city yet: npm run admin -- invite\n';
}

/** Where somebody can be reached, masked. */
const channelsOf = ({ tx, keys }: Context, personId: number): string =>
  tx.identities
    .of(personId)
    .map(
      ({ channel, keyId, ciphertext }) =>
        `${channel} ${maskAddress(keys.open({ keyId, bytes: ciphertext }))}`,
    )
    .join(', ') || 'no address';

function* invite(machine: Machine, kind: 'invited' | 'recovered'): Generator<string> {
  const token = machine.transact((context) => inviteAdminOnMachine(context, kind));
  yield 'Whoever sends this from any channel becomes an admin. It works once.\n';
  yield `ACCEPT ${showCode(token)}\n`;
}

function* revoke(
  machine: Machine,
  [participantId, ...words]: readonly string[],
): Generator<string> {
  if (participantId === undefined) throw misunderstood(admin);
  const partner = words.length === 0 ? undefined : words.join(' ');
  const ended = machine.transact((context) => revokeOnMachine(context, participantId, partner));
  if (ended.length === 0) {
    throw new ConfigError(
      `${participantId} acts for nobody here${partner ? ` as ${partner}` : ''}.`,
    );
  }
  for (const one of ended) {
    yield `${participantId} no longer acts for ${nameOf(one)} (${one.role}).\n`;
  }
  const isAdminLeft = machine.transact(seeDelegations).some(({ role }) => role === 'admin');
  if (!isAdminLeft) yield 'Nobody is an admin now: npm run admin -- invite\n';
}

export const admin: Tool = {
  name: 'admin',
  usage,
  options: {},
  *run({ positionals: [action = 'list', ...rest] }, machine) {
    if (action === 'revoke') yield* revoke(machine, rest);
    else if (rest.length > 0) throw misunderstood(admin);
    else if (action === 'list') yield* list(machine);
    else if (action === 'invite') yield* invite(machine, 'invited');
    else if (action === 'recover') yield* invite(machine, 'recovered');
    else throw misunderstood(admin);
    return 'right';
  },
};
