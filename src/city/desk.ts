/** What the desk in a browser stands on: the store, and the commands behind its forms. */
import type { Router } from '../conversation/router.ts';
import { actAtDesk } from '../inbox/desk.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { contextOf } from '../services/context.ts';
import type { DeskPort } from '../web/desk/port.ts';
import type { Base } from './base.ts';

export function createDesk({
  base,
  decided,
  ...parts
}: {
  readonly base: Pick<Base, 'store' | 'foundation' | 'observer'>;
  readonly router: Router;
  readonly mailer: Mailer;
  /** Is told when something was decided that is to be sent and published. */
  readonly decided: () => void;
}): DeskPort {
  const { store, foundation, observer } = base;
  return {
    read: (look) => store.transact((tx) => look(contextOf(foundation, tx))),
    write: async (work) => {
      const done = await store.commit((tx) => {
        const context = contextOf(foundation, tx);
        return { value: work(context), refused: context.refused };
      });
      for (const { budget, count } of done.refused) {
        observer.observe('budget.refused', { count, budget });
      }
      decided();
      return done.value;
    },
    act: (context, at, deed) => actAtDesk(parts, context, at, deed),
  };
}
