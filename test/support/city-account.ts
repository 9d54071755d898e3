// The publisher of a test's city into an account on a network of its own.
import { createSession } from '../../src/account/session.ts';
import { createSessionKeeper } from '../../src/account/session-keeper.ts';
import type { Base } from '../../src/city/base.ts';
import { createCityPublisher } from '../../src/city/publisher.ts';
import type { Log } from '../../src/lib/log.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';

/** What it warns of is an error unless `warn` is there to hear it; `send` goes where it chooses. */
export const publisherInto =
  (
    { pds, handle, password }: NetworkFacts,
    { warn, send }: { warn?: Log['warn']; send?: typeof fetch } = {},
  ) =>
  (base: Base) => {
    const { clock, keys } = base.foundation;
    const session = createSession({
      keeper: createSessionKeeper(base.store, keys),
      ...{ clock, service: pds, identifier: handle, password },
      ...(send && { fetch: send }),
    });
    return createCityPublisher(base, session, {
      budget: { pointsPerHour: 0, pointsPerDay: 0 },
      log: {
        warn:
          warn ??
          ((detail: unknown): void => base.observer.failed(new Error(JSON.stringify(detail)))),
        info: () => undefined,
      },
    });
  };
