/** How many pictures the city takes from one address. */

/** More than the evidence of four tasks, and less than what keeps others waiting. */
export const PICTURES_PER_HOUR = 40;
/** Two albums of ten: so many of one address may wait to be fetched and looked at. */
export const PICTURES_WAITING_MAX = 20;
/** How many of the pictures of a message are taken; the others are refused. */
export const picturesTaken = (facts: {
  readonly sent: number;
  /** Taken from the same address within the last hour. */
  readonly inLastHour: number;
  /** Of those, and of earlier ones, what was not yet fetched or looked at. */
  readonly waiting: number;
}): number =>
  Math.max(
    0,
    Math.min(
      facts.sent,
      PICTURES_PER_HOUR - facts.inLastHour,
      PICTURES_WAITING_MAX - facts.waiting,
    ),
  );
