/** A button pressed again and again means what it meant the first time. */
import { SECOND_MS } from '../../lib/clock.ts';

export type Presses = {
  /** False for a button that was pressed just now; true takes note of it. */
  readonly isFirst: (button: string) => boolean;
  /** It was not stored after all: the next press counts. */
  readonly undo: (button: string) => void;
};

const AGAIN_MS = 2 * SECOND_MS;
const KEPT_MAX = 5000;

export function createPresses(now: () => number): Presses {
  const pressed = new Map<string, number>();
  return {
    isFirst: (button) => {
      const before = pressed.get(button);
      if (before !== undefined && now() - before < AGAIN_MS) return false;
      if (pressed.size >= KEPT_MAX) pressed.clear();
      pressed.set(button, now());
      return true;
    },
    undo: (button) => {
      pressed.delete(button);
    },
  };
}
