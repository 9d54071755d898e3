/** What `npm run admin` does with its arguments. */
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
import { type Machine, onMachine } from './open-machine.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const USAGE = `npm run admin [-- list]                 who may act for the city and for each partner
npm run admin -- invite                 an invitation for one more admin
npm run admin -- recover                the same when no admin can be reached: open ones are void
npm run admin -- revoke p-…             ends all that somebody may do
npm run admin -- revoke p-… <partner>   ends what somebody may do for one partner`;

type Out = Surroundings['out'];

const misunderstood = () => new ConfigError(`That is not understood.\n\n${USAGE}`);

const nameOf = ({ partner }: LiveDelegation): string => partner ?? 'the city';

function list(machine: Machine, out: Out): void {
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
  for (const line of lines) out.write(`${line}\n`);
  if (lines.length === 0) out.write('Nobody may act for the city yet: npm run admin -- invite\n');
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

function invite(machine: Machine, out: Out, kind: 'invited' | 'recovered'): void {
  const token = machine.transact((context) => inviteAdminOnMachine(context, kind));
  out.write('Whoever sends this from any channel becomes an admin. It works once.\n');
  out.write(`ACCEPT ${showCode(token)}\n`);
}

function revoke(machine: Machine, out: Out, [participantId, ...words]: readonly string[]): void {
  if (participantId === undefined) throw misunderstood();
  const partner = words.length === 0 ? undefined : words.join(' ');
  const ended = machine.transact((context) => revokeOnMachine(context, participantId, partner));
  if (ended.length === 0) {
    throw new ConfigError(
      `${participantId} acts for nobody here${partner ? ` as ${partner}` : ''}.`,
    );
  }
  for (const one of ended) {
    out.write(`${participantId} no longer acts for ${nameOf(one)} (${one.role}).\n`);
  }
  const isAdminLeft = machine.transact(seeDelegations).some(({ role }) => role === 'admin');
  if (!isAdminLeft) out.write('Nobody is an admin now: npm run admin -- invite\n');
}

function run(args: readonly string[], surroundings: Surroundings): void {
  const [action = 'list', ...rest] = parse(args, {}, USAGE).positionals;
  const { out } = surroundings;
  onMachine(surroundings, (machine) => {
    if (action === 'revoke') return revoke(machine, out, rest);
    if (rest.length > 0) throw misunderstood();
    if (action === 'list') return list(machine, out);
    if (action === 'invite') return invite(machine, out, 'invited');
    if (action === 'recover') return invite(machine, out, 'recovered');
    throw misunderstood();
  });
}

/**
 * Shows who may act, invites an admin, or ends roles, beside the running city or without it. Answers
 * 0, or 2 when it could not be done.
 */
export const runAdmin = tool(run);
