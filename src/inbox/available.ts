import type { CommandSummary } from '../conversation/command.ts';
import { maySay } from '../conversation/command.ts';
import type { Router } from '../conversation/router.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Context } from '../services/context.ts';
import { rolesOf } from '../services/roles.ts';
import type { Said } from './said.ts';

/** The commands that somebody can use now, as far as their roles say. */
export function available(
  {
    router,
    context,
    mailer,
  }: {
    readonly router: Router;
    readonly context: Context;
    readonly mailer: Pick<Mailer, 'speech'>;
  },
  person: Pick<Said['person'], 'id' | 'language'>,
): CommandSummary[] {
  const roles = rolesOf(context, person.id);
  const voice = mailer.speech(person.language, context.now);
  return [...router.commands.values()].flatMap(({ name, who, right, summary }) =>
    summary && maySay(roles, { who, right })
      ? [{ name, who, summary, word: voice.word(name) }]
      : [],
  );
}
