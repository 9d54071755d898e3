/** The public pages read the store. */
import type { City } from '../../domain/city.ts';
import { TASK_LASTS_MS } from '../../domain/task.ts';
import { isoTime } from '../../lib/clock.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { recordUri } from '../../records/strong-ref.ts';
import type { Store } from '../../store/store.ts';
import type { Task } from '../../store/tasks.ts';
import type { HomeCity, HomeReads, HomeTask } from './home.ts';
import { createTotals } from './totals.ts';

const LISTED_MAX = 100;

export function homeReads(options: {
  readonly store: Store;
  readonly city: City;
  readonly did: string;
  /** Undefined while nothing is published. */
  readonly pds: string | undefined;
  /** The directory of identities, when it is not the public one. */
  readonly plc?: string;
  readonly ways: () => HomeCity['ways'];
  readonly now: () => number;
}): HomeReads {
  const { store, city, did, pds, plc } = options;
  const totals = createTotals(store.read.ledger, options.now);
  const taskOf = (task: Task, issuer: string): HomeTask => ({
    number: task.id,
    title: task.title,
    place: task.place,
    startsAt: isoTime(task.startsAt),
    ...(task.endsAt === null ? {} : { endsAt: isoTime(task.endsAt) }),
    credits: task.credits,
    slots: task.slots,
    slotsFree: task.slots - task.taken,
    issuer,
    state: task.state,
    reason: task.reason,
    isAnyTime: task.isAnyTime,
    ...(pds === undefined ? {} : { uri: recordUri(did, COLLECTIONS.task, task.rkey) }),
  });
  const { name, operator, contact, timeZone } = city;
  const cityView = () => ({
    ...{ name, operator, contact, timeZone },
    ...(pds === undefined ? {} : { did, pds }),
    ...(plc === undefined ? {} : { plc }),
    ways: options.ways(),
  });
  return {
    city: cityView,
    view: () => ({
      city: cityView(),
      tasks: store.read.tasks
        .open(options.now(), TASK_LASTS_MS, LISTED_MAX)
        .map(({ task, issuer }) => taskOf(task, issuer)),
      offers: store.read.offers.open(LISTED_MAX).map(({ offer, redeemer }) => ({
        number: offer.id,
        title: offer.title,
        credits: offer.credits,
        redeemer: redeemer.name,
      })),
      totals: totals(),
    }),
    task: (number) => {
      const found = store.read.tasks.withIssuer(number);
      return found && taskOf(found.task, found.issuer.name);
    },
  };
}
