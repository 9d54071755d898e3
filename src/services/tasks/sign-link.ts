/** The sign of a task, which its organizer prints: a link leads to it that only they get. */
import { checkInWindow } from '../../domain/task-day.ts';
import { isSameText, type Keys, withEither } from '../../lib/crypto.ts';
import { publicAddress } from '../../lib/public-address.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { checkInCode } from './check-in-code.ts';

const PROOF_BYTES = 12;
const TOKEN = /^([1-9][0-9]{0,14})-([0-9a-f]{24})$/;

/**
 * The address of the sign of a task for one person, which follows from the city's key and is kept
 * nowhere; undefined for a city that has no address on the web.
 */
export function signLink(context: Context, personId: number, task: Task): string | undefined {
  const { keys, publicUrl } = context;
  if (publicUrl === undefined) return undefined;
  const token = `${personId}-${proofOf(keys, personId, task)}`;
  return publicAddress(publicUrl, `/tasks/${task.id}/sign/${token}`);
}

/**
 * What the sign of a task shows to whoever has a link to it. Undefined for any other token, for a person
 * who no longer acts for the issuer, and once nobody can check in any more, two hours after the end.
 * Source: domain.md, The day of a task.
 */
export function seeSign(
  context: Context,
  taskId: number,
  token: string,
): { readonly code: string } | undefined {
  const [, person, proof] = TOKEN.exec(token) ?? [];
  if (person === undefined || proof === undefined) return undefined;
  const personId = Number(person);
  const task = context.tx.tasks.get(taskId);
  if (task === undefined) return undefined;
  const isGiven = withEither(
    context.keys,
    (keys) => isSameText(proof, proofOf(keys, personId, task)) || undefined,
  );
  if (isGiven !== true) return undefined;
  const isOver = task.state !== 'open' || context.now > checkInWindow(task).until;
  if (isOver || findOwnTask(context, personId, { taskId, right: 'roster' }) === undefined) {
    return undefined;
  }
  return { code: checkInCode(context, task) };
}

const proofOf = (keys: Keys, personId: number, { rkey }: Pick<Task, 'rkey'>): string =>
  [...keys.derive('sign', `${rkey} ${personId}`).slice(0, PROOF_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
