/** What a person is told that they did not just ask for. */
import type { Reply } from './message.ts';
import type { Voice } from './speech.ts';

export type Notice = {
  readonly personId: number;
  /** In the person's language. */
  readonly build: (voice: Voice) => Reply;
  /** `contact-hours` waits for the hours in which the city may call on people. */
  readonly when: 'at-once' | 'contact-hours';
  /**
   * The message that it is about, by its id in the inbox. If they sent that in public, the place
   * hears `inPublic`, and how to be told where private messages are closed.
   */
  readonly about?: {
    readonly inboxId: number | null;
    readonly inPublic?: (voice: Voice) => Reply;
  };
};
