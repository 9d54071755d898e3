/** Takes the press of a button for what the button says; one that follows at once means the same. */
import type { Background } from '../../lib/background.ts';
import { SECOND_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';
import type { Albums } from './albums.ts';
import { type MessagesOptions, whereSaid, wordsFor } from './messages.ts';
import type { Pressed } from './parse.ts';

export type IntakeOptions = MessagesOptions & {
  readonly albums: Albums;
  /** Requests to Telegram that nobody waits for. */
  readonly unawaited: Background;
};

/** Shown for a moment, or until the person has read it. */
type PressAnswer = { readonly text: string; readonly show_alert: boolean };

const AGAIN_MS = 2 * SECOND_MS;
const KEPT_MAX = 5000;

export function createPresses(options: IntakeOptions): (pressed: Pressed) => Promise<void> {
  const { buttons, elapsed } = options;
  /** When (`elapsed`, ms) each button was pressed last. */
  const last = new BoundedMap<string, number>(KEPT_MAX);

  const isFirst = (button: string): boolean => {
    const before = last.get(button);
    if (before !== undefined && elapsed() - before < AGAIN_MS) return false;
    last.set(button, elapsed());
    return true;
  };

  /** Tells the app of whoever pressed a button that it was taken. */
  const answer = (queryId: string, said?: PressAnswer): void =>
    // It is too old after some seconds, and then nobody waits for it.
    options.unawaited.add(options.api.answerCallbackQuery(queryId, said), () => undefined);

  return async (pressed) => {
    const { queryId, sender, under } = pressed;
    const words = wordsFor(options, pressed);
    const opened = buttons.open(pressed.data, sender);
    if (!opened.ok) {
      const text = opened.why === 'of-other' ? words.buttonOfOther : words.buttonTooOld;
      answer(queryId, { text, show_alert: true });
      return;
    }
    const button = `${sender} ${under?.chat ?? ''} ${under?.message ?? ''} ${pressed.data}`;
    if (!isFirst(button)) {
      answer(queryId, { text: words.buttonTaken, show_alert: false });
      return;
    }
    try {
      await store(options, pressed, opened.send);
    } catch (error) {
      // The next press counts.
      last.delete(button);
      throw error;
    }
    answer(queryId);
  };
}

async function store(options: IntakeOptions, pressed: Pressed, text: string): Promise<void> {
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
    isUndated: true,
  });
  if (isNew && place === null) options.typing.begin(sender);
}
