/** Compares with an earlier state of the repository: what changed since, and what must not have. */
import { ui8Equals } from '@atproto/lex-data';
import { isDecision } from './decisions.ts';
import { AuditError, type Findings } from './findings.ts';
import { digestOf, type Head, keysOfMark, type Mark, type Marked, timeOfTid } from './head.ts';
import { keysOfKind } from './keys.ts';
import { KINDS, type Kind, LASTING, nsidOf, TIMELESS } from './kinds.ts';
import { NOWHERE, type Repository, uriOf } from './repository.ts';
import { rolesFault } from './roles-since.ts';
import { timeOf } from './rules/context.ts';

export type Changes = {
  /** The earlier revision, where it is known. */
  readonly rev: string | undefined;
  /** How many records of each kind came. */
  readonly added: Readonly<Partial<Record<Kind, number>>>;
  /** How many were replaced; by their own times where only a head is there to compare with. */
  readonly changed: Readonly<Partial<Record<Kind, number>>>;
  /** Kinds of which a head cannot tell whether one was replaced: some came in between. */
  readonly unclear: readonly Kind[];
};

type Counts = Partial<Record<Kind, number>>;

const isLasting = (kind: Kind): boolean => LASTING.includes(kind);

/** Of evaluations, those are never replaced that decided about evidence. */
const isLastingHere = (kind: Kind, value: Value | undefined): boolean =>
  isLasting(kind) || (kind === 'evaluation' && isDecision(value ?? {}));

function checkAccount(now: Repository, did: string): void {
  if (now.did !== did)
    throw new AuditError(`What it is compared with is of ${did}, not ${now.did}.`);
}

function checkRevision(now: Repository, rev: string, findings: Findings): void {
  if (now.rev >= rev) return;
  const sentence = `The repository is at ${now.rev}, before ${rev}: it was put back.`;
  findings.add('history-removed', `at://${now.did}`, sentence);
}

export function compareWithHead(now: Repository, head: Head, findings: Findings): Changes {
  checkAccount(now, head.did);
  checkRevision(now, head.rev, findings);
  const since = timeOfTid(head.rev);
  const added: Counts = {};
  const changed: Counts = {};
  const unclear: Kind[] = [];
  for (const [kind, mark] of head.marks) {
    const { count, last } = mark;
    const keys = keysOfMark(now, kind);
    if (kind === 'decision') {
      checkMark(now, findings, { marked: kind, ...mark });
      // Whoever wrote this head wrote reviews, and decided nothing by evaluations any more.
      const later = head.isFormer ? undefined : keys.rkeys[count];
      if (later !== undefined) {
        const uri = uriOf(now.did, nsidOf('evaluation'), later);
        findings.add('history-inserted', uri, 'It decides in a form that reviews had before.');
      }
      continue;
    }
    added[kind] = Math.max(0, keys.rkeys.length - count);
    if (isLasting(kind)) {
      checkMark(now, findings, { marked: kind, ...mark });
      continue;
    }
    if (keys.rkeys.length < count) {
      const gone = count - keys.rkeys.length;
      const uri = `at://${now.did}/${nsidOf(kind)}`;
      findings.add('history-removed', uri, `At least ${gone} of the ${count} are gone.`);
    }
    changed[kind] = countReplaced(now, kind, since);
    if (last === undefined || keys.rkeys.length < count) continue;
    const here = now.find(nsidOf(kind), last.rkey) + 1;
    if (here < count) {
      const sentence = `Up to it there were ${count}, and there are ${here}.`;
      findings.add('history-removed', uriOf(now.did, nsidOf(kind), last.rkey), sentence);
    } else if (here > count) {
      unclear.push(kind);
    } else if (changed[kind] === 0 && digestOf(now, keys, count) !== last.digest) {
      // A change may be decided before a head and published after it: that alone is no fault.
      changed[kind] = 1;
    }
  }
  return { rev: head.rev, added, changed, unclear };
}

/** Everything up to the last key of then is there still, as it was, with nothing between. */
function checkMark(
  now: Repository,
  findings: Findings,
  { marked, count, last }: Mark & { readonly marked: Marked },
): void {
  if (last === undefined) return;
  const uri = uriOf(now.did, nsidOf(marked === 'decision' ? 'evaluation' : marked), last.rkey);
  const keys = keysOfMark(now, marked);
  const at = keys.rkeys.indexOf(last.rkey);
  if (at === NOWHERE) {
    findings.add('history-removed', uri, `It was the last ${marked} of ${count}, and is gone.`);
    return;
  }
  const here = at + 1;
  if (here === count && digestOf(now, keys, count) === last.digest) return;
  if (here === count) {
    const sentence = `Of the ${count} up to it, one at least is not what it was. An earlier CAR tells which.`;
    findings.add('history-changed', uri, sentence);
    return;
  }
  const code = here < count ? 'history-removed' : 'history-inserted';
  findings.add(code, uri, `Up to it there were ${count}, and there are ${here}.`);
}

/** How many records of a kind say that they were replaced after a time (ms). */
function countReplaced(now: Repository, kind: Kind, since: number): number {
  const keys = keysOfKind(now, kind);
  let count = 0;
  for (let at = 0; at < keys.rkeys.length; at += 1) {
    const updatedAt = now.value(keys, at)?.['updatedAt'];
    if (typeof updatedAt === 'string' && Date.parse(updatedAt) > since) count += 1;
  }
  return count;
}

export function compareWithRepository(
  now: Repository,
  then: Repository,
  findings: Findings,
): Changes {
  checkAccount(now, then.did);
  checkRevision(now, then.rev, findings);
  const added: Counts = {};
  const changed: Counts = {};
  const hadReviews = keysOfKind(then, 'review').rkeys.length > 0;
  for (const kind of KINDS) {
    const [before, after] = [keysOfKind(then, kind), keysOfKind(now, kind)];
    const last = before.rkeys.at(-1) ?? '';
    added[kind] = 0;
    changed[kind] = 0;
    let old = 0;
    for (let at = 0; at < after.rkeys.length; at += 1) {
      const rkey = after.rkeys[at] as string;
      for (; old < before.rkeys.length && (before.rkeys[old] as string) < rkey; old += 1) {
        gone(kind, before.rkeys[old] as string);
      }
      const uri = uriOf(now.did, nsidOf(kind), rkey);
      if (before.rkeys[old] !== rkey) {
        added[kind] += 1;
        const isFormer = kind === 'evaluation' && isDecision(now.value(after, at) ?? {});
        if ((isLasting(kind) && rkey < last) || (isFormer && (hadReviews || rkey < last))) {
          findings.add('history-inserted', uri, 'It was put in where records are never changed.');
        }
        continue;
      }
      if (!ui8Equals(then.digest(before, old), now.digest(after, at))) {
        changed[kind] += 1;
        const [was, is] = [then.value(before, old), now.value(after, at)];
        const fault = replacementFault(kind, was ?? {}, is ?? {});
        if (fault !== undefined) {
          const sentence = `It was ${then.cid(before, old)} before, and ${fault}.`;
          findings.add('history-changed', uri, sentence);
        }
      }
      old += 1;
    }
    for (; old < before.rkeys.length; old += 1) gone(kind, before.rkeys[old] as string);
  }
  return { rev: then.rev, added, changed, unclear: [] };

  function gone(kind: Kind, rkey: string): void {
    const uri = uriOf(now.did, nsidOf(kind), rkey);
    findings.add('history-removed', uri, `It was there at ${then.rev}, and is gone.`);
  }
}

type Value = Readonly<Record<string, unknown>>;

/** Says what is wrong with a record in the place of another; undefined when nothing is. */
function replacementFault(kind: Kind, was: Value, is: Value): string | undefined {
  if (isLastingHere(kind, was) || isLastingHere(kind, is)) {
    return 'such a record is never replaced';
  }
  if (kind === 'claim') {
    const taskOf = ({ task }: Value) => (task as { readonly uri?: unknown } | undefined)?.uri;
    if (was['participant'] !== is['participant']) return 'it is somebody else’s now';
    if (taskOf(was) !== taskOf(is)) return 'it is to another task now';
  }
  if (kind === 'partner' || kind === 'city') {
    const fault = rolesFault(was, is, timeOf(was));
    if (fault !== undefined) return fault;
  }
  if (TIMELESS.includes(kind)) return undefined;
  const { updatedAt } = is;
  const isLater = typeof updatedAt === 'string' && Date.parse(updatedAt) > timeOf(was);
  return isLater ? undefined : 'it does not say that it was replaced since';
}

export function compareWithCid(now: Repository, cid: string): Changes {
  if (cid === now.commit) return { rev: now.rev, added: {}, changed: {}, unclear: [] };
  const keys = keysOfKind(now, 'transfer');
  const found = keys.rkeys.findIndex((_, at) => now.cid(keys, at) === cid);
  if (found !== NOWHERE) {
    const transfer = keys.rkeys.length - found - 1;
    return { rev: undefined, added: { transfer }, changed: {}, unclear: [] };
  }
  throw new AuditError(
    `${cid} is neither the commit of now nor a transfer that is there. If it was a transfer, history was rewritten; a commit of former times proves nothing: keep heads instead.`,
  );
}
