/** Takes the press of a button for what the button says; one that follows at once means the same. */

import { SECOND_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';
import type { Albums } from './albums.ts';
import type { Buttons } from './buttons.ts';
import { type MessagesOptions, whereSaid, wordsFor } from './messages.ts';
import type { Pressed } from './parse.ts';

/** Shown for a moment, or until the person has read it. */
export type PressAnswer = { readonly text: string; readonly mustRead: boolean };

export type PressesOptions = MessagesOptions & {
  readonly buttons: Pick<Buttons, 'open'>;
  readonly albums: Pick<Albums, 'close'>;
  /** Tells the app of whoever pressed a button that it was taken; nobody waits for it. */
  readonly answerPress: (queryId: string, said?: PressAnswer) => void;
};

const AGAIN_MS = 2 * SECOND_MS;
const KEPT_MAX = 5000;

export function createPresses(options: PressesOptions): (pressed: Pressed) => Promise<void> {
  const { buttons, now } = options;
  /** When each button was pressed last. */
  const last = new BoundedMap<string, number>(KEPT_MAX);

  const isFirst = (button: string): boolean => {
    const before = last.get(button);
    if (before !== undefined && now() - before < AGAIN_MS) return false;
    last.set(button, now());
    return true;
  };

  return async (pressed) => {
    const { queryId, sender, under } = pressed;
    const words = wordsFor(options, pressed);
    const opened = buttons.open(pressed.data, sender);
    if (!opened.ok) {
      const text = opened.why === 'of-other' ? words.buttonOfOther : words.buttonTooOld;
      options.answerPress(queryId, { text, mustRead: true });
      return;
    }
    const button = `${sender} ${under?.chat ?? ''} ${under?.message ?? ''} ${pressed.data}`;
    if (!isFirst(button)) {
      options.answerPress(queryId, { text: words.buttonTaken, mustRead: false });
      return;
    }
    try {
      await store(options, pressed, opened.send);
    } catch (error) {
      // The next press counts.
      last.delete(button);
      throw error;
    }
    options.answerPress(queryId);
  };
}

async function store(options: PressesOptions, pressed: Pressed, text: string): Promise<void> {
  const { sender, place } = pressed;
  await options.albums.close(sender);
  const { isNew } = await options.inbox.receive({
    channel: 'telegram',
    externalId: `press/${pressed.queryId}`,
    sender,
    text,
    pictures: [],
    replyTo: null,
    ...whereSaid(place),
    receivedAt: options.now(),
  });
  if (isNew && place === null) options.answerDue(sender);
}
