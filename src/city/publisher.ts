/** The publisher of a city: over its base, into the account that a session is of. */
import { createRepository } from '../account/repository.ts';
import type { Session } from '../account/session.ts';
import type { Log } from '../lib/log.ts';
import type { Say } from '../records/publisher/progress.ts';
import { createPublisher, type Publisher } from '../records/publisher/publisher.ts';
import type { PublisherSettings } from '../records/publisher/state.ts';
import type { Base } from './base.ts';

export function createCityPublisher(
  base: Base,
  session: Session,
  options: Pick<PublisherSettings, 'budget' | 'timers'> & {
    readonly log: Pick<Log, 'info' | 'warn'>;
    /** Tells people how far a long backlog is; the log does where it is left out. */
    readonly progress?: Say;
  },
): Publisher {
  const { foundation, store, spool, observer } = base;
  const { clock, did } = foundation;
  const { budget, log, progress = (line, detail) => log.info(detail, line) } = options;
  return createPublisher({
    ...observer,
    ...{ store, clock, budget, log, progress },
    repository: createRepository({ did, session, clock }),
    readPicture: spool.get,
    removePicture: spool.remove,
  });
}
