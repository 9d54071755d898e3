/** Reads the database of a city beside its process: what is there is committed. */
import Sqlite from 'better-sqlite3';

const LOOK_EVERY_MS = 4;

export type Beside = ReturnType<typeof openBeside>;

export function openBeside(databasePath: string) {
  const database = new Sqlite(databasePath, { readonly: true });
  const lastReply = database.prepare('select coalesce(max(id), 0) from outbox').pluck();
  const repliesAfter = database.prepare(`select outbox.id, external_id as externalId
    from outbox join inbox on inbox.id = outbox.inbox_id
    where outbox.id > ? and outbox.kind = 'reply' order by outbox.id`);
  const counts = {
    notices: database
      .prepare("select count(*) from outbox where kind = 'notice' and task_id = ?")
      .pluck(),
    unsent: database
      .prepare("select count(*) from outbox where state in ('pending', 'leased')")
      .pluck(),
    issued: database.prepare("select count(*) from transfers where code = 'issue'").pluck(),
    lastTask: database.prepare('select max(id) from tasks').pluck(),
  };
  /** What waits for a reply, by the id of its message. */
  const waiting = new Map<string, () => void>();
  let last = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    const rows = repliesAfter.all(last) as { readonly id: number; readonly externalId: string }[];
    for (const { id, externalId } of rows) {
      last = id;
      waiting.get(externalId)?.();
      waiting.delete(externalId);
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const count = (name: keyof typeof counts, ...values: readonly number[]): number =>
    Number(counts[name].get(...values));
  return {
    /** Resolves once a reply to this message, which was not sent yet, is committed. */
    replied: (externalId: string): Promise<void> => {
      if (timer === undefined) {
        last = Number(lastReply.get());
        timer = setInterval(look, LOOK_EVERY_MS);
      }
      return new Promise((resolve) => waiting.set(externalId, resolve));
    },
    /** How many notices about a task there are. */
    notices: (taskId: number) => count('notices', taskId),
    /** How many messages wait to be sent. */
    unsent: () => count('unsent'),
    /** How many times credits were issued. */
    issued: () => count('issued'),
    lastTask: () => count('lastTask'),
    close: () => {
      clearInterval(timer);
      database.close();
    },
  };
}
