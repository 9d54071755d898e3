// What moved in a city since one looked last, and what is open, read past the code under test.
import Sqlite from 'better-sqlite3';
import type { Open } from './explained.ts';

/** Something that moved: a record by its kind, an agreement, an address. */
export type Moved = {
  readonly kind: string;
  /** The number of the task, offer or evidence that it is about, or the code, where it has one. */
  readonly about: number | string | undefined;
};

const FOLLOWS = ['submitted', 'verified', 'rejected'];

/** Questions about what moved, of the database itself. */
export function createLook(path: string) {
  /** The code of each redemption, by its number, as far as it is known. */
  const codes = new Map<number, string>();
  const db = new Sqlite(path, { readonly: true });
  const records = db.prepare(`
    select seq, collection, r.value,
      coalesce(
        (select task_id from claims where rkey = r.rkey and collection like '%.claim'),
        (select evidence_id from reviews where rkey = r.rkey and collection like '%.review'),
        (select id from redemptions where json_extract(r.value, '$.code') in ('burn', 'release')
          and hold_id = (select resolves from transfers order by position desc limit 1)),
        (select offer_id from redemptions where json_extract(r.value, '$.code') = 'hold'
          order by id desc limit 1)
      ) as about
    from records r where seq > ? order by seq`);
  const agreed = db.prepare('select id, kind from consents where id > ? order by id');
  const addresses = db.prepare(`
    select id, person_id as person, stopped_at is not null as stopped, alerts_at is not null as alerts
    from identities`);
  const authority = db.prepare(`
    select (select count(*) from invites) as invites, (select count(*) from corrections) as asked,
      (select count(*) from delegations where revoked_at is null) as roles,
      (select count(*) from moves) as moves, (select count(*) from persons) as persons`);
  let [seq, consent, before, counted] = [0, 0, new Map<number, string>(), ''];
  const moved = (): readonly Moved[] => {
    const all: Moved[] = [];
    for (const row of records.all(seq) as {
      seq: number;
      collection: string;
      value: string;
      about: number | null;
    }[]) {
      const kind = row.collection.split('.').at(-1) ?? '';
      // What evidence and reviews do to a claim is told by themselves.
      if (kind === 'claim' && FOLLOWS.includes(JSON.parse(row.value).status)) {
        seq = row.seq;
        continue;
      }
      const code = kind === 'transfer' ? `.${JSON.parse(row.value).code}` : '';
      const isOfCode = code === '.burn' || code === '.release';
      const about = isOfCode ? codes.get(row.about ?? 0) : row.about;
      all.push({ kind: `${kind}${code}`, about: about ?? undefined });
      seq = row.seq;
    }
    for (const row of agreed.all(consent) as { id: number; kind: string }[]) {
      all.push({ kind: `consent.${row.kind}`, about: undefined });
      consent = row.id;
    }
    const now = new Map<number, string>();
    for (const { id, ...row } of addresses.all() as {
      id: number;
      person: number;
      stopped: number;
      alerts: number;
    }[]) {
      const state = JSON.stringify(row);
      const former = before.get(id);
      now.set(id, state);
      if (former === undefined || former === state) continue;
      const was = JSON.parse(former);
      if (was.person !== row.person) all.push({ kind: 'address', about: undefined });
      if (was.stopped !== row.stopped)
        all.push({ kind: row.stopped === 1 ? 'stopped' : 'started', about: undefined });
      if (was.alerts !== row.alerts) all.push({ kind: 'alerts', about: undefined });
    }
    if ([...before.keys()].some((id) => !now.has(id)))
      all.push({ kind: 'forgotten', about: undefined });
    before = now;
    const { persons: _persons, ...counts } = authority.get() as Record<string, number>;
    const count = JSON.stringify(counts);
    if (counted !== '' && counted !== count) all.push({ kind: 'authority', about: undefined });
    counted = count;
    return all;
  };
  const prepared = new Map<string, Sqlite.Statement>();
  const all = (query: string): readonly unknown[] => {
    const statement = prepared.get(query) ?? db.prepare(query).pluck();
    prepared.set(query, statement);
    return statement.all();
  };
  const question = db.prepare('select command, step from sessions where identity_id = ?');
  const numbered = db.prepare('select choices from follow_ups where identity_id = ?');
  const stopped = db.prepare('select stopped_at as at from identities where id = ?');
  const inboxOf = db.prepare('select max(id) from inbox where identity_id = ?').pluck();
  const redemption = db.prepare('select max(id) from redemptions').pluck();
  return {
    moved,
    /** The code of the newest redemption is known now. */
    sawCode: (code: string): void => {
      const newest = redemption.get() as number;
      // Words that only look like a code are repeated to people, too.
      if (!codes.has(newest)) codes.set(newest, code.replace('-', ''));
    },
    newestMessage: (identity: number): number | undefined =>
      (inboxOf.get(identity) as number | null) ?? undefined,
    open: (identity: number): Omit<Open, 'before'> => {
      const asked = question.get(identity) as { command: string; step: string } | undefined;
      const choices = (numbered.get(identity) as { choices: string | null } | undefined)?.choices;
      return {
        question: asked && `${asked.command}.${asked.step}`,
        choices: choices == null ? {} : JSON.parse(choices),
      };
    },
    isStopped: (identity: number): boolean =>
      (stopped.get(identity) as { at: number | null } | undefined)?.at != null,
    numbers: (query: string) => all(query) as readonly number[],
    texts: (query: string) => all(query) as readonly string[],
    close: () => db.close(),
  };
}
