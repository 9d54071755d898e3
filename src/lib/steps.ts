/**
 * The steps of a message's way, told as they are done: metrics count them, the live page follows
 * them, and the crash test ends the process at each of them.
 */
export type Step =
  | 'message.stored'
  | 'message.duplicate'
  | 'messages.processed'
  | 'message.retried'
  | 'message.parked'
  | 'picture.checked'
  | 'delivery.leased'
  | 'delivery.sending'
  | 'delivery.sent'
  | 'delivery.recorded'
  | 'delivery.retried'
  | 'delivery.dead'
  | 'batch.submitted'
  | 'batch.committed'
  | 'batch.marked';

/** `count` is how many messages, deliveries or records the step was about. */
export type Observe = (
  step: Step,
  detail: {
    readonly count: number;
    readonly channel?: string;
    /** What it cost, in SMS segments. */
    readonly segments?: number;
  },
) => void;

/** Is told what happens in a city: each step, and each error that nobody waits for. */
export type Observer = {
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
};
