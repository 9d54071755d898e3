/**
 * The steps of a message's way, told as they are done: metrics count them, the live page follows
 * them, and the crash test ends the process at each of them.
 */
export type Step =
  | 'message.stored'
  | 'message.duplicate'
  | 'message.dropped'
  | 'message.unsaid'
  | 'messages.processed'
  | 'message.retried'
  | 'message.parked'
  | 'message.misunderstood'
  | 'budget.refused'
  | 'picture.checked'
  | 'picture.refused'
  | 'delivery.leased'
  | 'delivery.sending'
  | 'delivery.sent'
  | 'delivery.recorded'
  | 'delivery.retried'
  | 'delivery.dead'
  | 'delivery.failed'
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
    /** The budget that refused it. */
    readonly budget?: string;
    /** Whose language was not understood, and the question that was open, such as `join.which`. */
    readonly language?: string;
    readonly question?: string;
    /** Why a delivery did not reach its recipient. */
    readonly reason?: string;
  },
) => void;

/**
 * Is told what happens in a city: each step, each error that nobody waits for, and in a sentence
 * what an operator may have to change.
 */
export type Observer = {
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  readonly warn: (sentence: string) => void;
  /** A channel works from now on, or does not, for the reason in `problem`. */
  readonly channelChanged?: (
    channel: string,
    now: { readonly state: string; readonly problem?: string },
  ) => void;
};
