/** The publisher of a city: over its base, into the account that a session is of. */
import { createRepository } from '../account/repository.ts';
import type { Session } from '../account/session.ts';
import { createPublisher, type Publisher } from '../records/publisher/publisher.ts';
import type { PublisherSettings } from '../records/publisher/state.ts';
import type { Base } from './base.ts';

export function createCityPublisher(
  base: Base,
  session: Session,
  settings: Pick<PublisherSettings, 'budget' | 'log' | 'progress'>,
): Publisher {
  const { foundation, store, spool, observer } = base;
  const { clock, did } = foundation;
  return createPublisher({
    ...settings,
    ...observer,
    ...{ store, clock },
    repository: createRepository({ did, session, clock }),
    readPicture: spool.get,
    removePicture: spool.remove,
  });
}
