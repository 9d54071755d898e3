// Ends a city's processes one after the other: at a step of a message's way, or at any moment.
import type { DeathStep } from '../support/crash-child.ts';
import type { CrashCity } from '../support/crash-city.ts';
import type { Dice } from './dice.ts';

const STEPS: readonly [DeathStep, ...DeathStep[]] = [
  'picture.kept',
  'message.stored',
  'message.duplicate',
  'picture.cleaned',
  'picture.checked',
  'decision.half',
  'messages.processed',
  'delivery.leased',
  'delivery.sending',
  'delivery.sent',
  'delivery.recorded',
  'batch.submitted',
  'batch.committed',
  'batch.marked',
];
/** At which of its times a step kills: often in the midst of much else. */
const OCCURRENCES = 4;
/** What a start takes on a quiet machine (ms). A busy one takes longer for everything. */
const START_MS_MIN = 200;
/** A moment of a start, or of the work after it, in starts. */
const MOMENT_STARTS = 3;
/** A step that never comes kills at this moment all the same, in starts. */
const LIFE_STARTS_MAX = 10;

/** Kills until it has been done so often; `tell` hears of each, and how many were at a step. */
export function killAgainAndAgain(
  city: CrashCity,
  dice: Dice,
  options: { readonly kills: number; readonly tell: (deaths: number) => void },
): Promise<{ readonly atSteps: number }> {
  return new Promise((resolve) => {
    let overtime: NodeJS.Timeout | undefined;
    let byClock = 0;
    city.onLife((life) => {
      clearTimeout(overtime);
      const deaths = city.deaths();
      if (deaths > 0) options.tell(deaths);
      if (deaths >= options.kills) {
        city.onLife(() => undefined);
        resolve({ atSteps: deaths - byClock });
        return;
      }
      const ordered = dice.percent(60);
      const startMs = Math.max(START_MS_MIN, Math.round(city.startMs()));
      if (ordered) {
        life.killAt({ step: dice.one(STEPS), occurrence: 1 + dice.number(OCCURRENCES) });
      }
      overtime = setTimeout(
        () => {
          byClock += 1;
          life.kill();
        },
        ordered ? startMs * LIFE_STARTS_MAX : dice.number(startMs * MOMENT_STARTS),
      );
    });
  });
}
