/** How much is measured: all of it, or in short as a smoke test. */
export type Amounts = ReturnType<typeof amountsOf>;

export const amountsOf = (isQuick: boolean) => ({
  seconds: isQuick ? 1 : 8,
  connections: 64,
  /** Loops of each of 64 people. */
  rounds: isQuick ? 2 : 60,
  /** Loops of each of 64 people whose statements are replayed, and how often. */
  replay: isQuick ? { rounds: 2, times: 1 } : { rounds: 20, times: 3 },
  /** What the database of an old city holds. */
  old: isQuick
    ? { transfers: 20_000, people: 2000, claims: 200 }
    : { transfers: 1_000_000, people: 100_000, claims: 10_000 },
  recordsAudited: isQuick ? 5000 : 100_000,
  /** The median of so many audits counts. */
  audits: isQuick ? 1 : 3,
  rows: isQuick ? 10_000 : 100_000,
  understood: isQuick ? 1000 : 10_000,
  piledUp: isQuick ? 5000 : 50_000,
  /** Ten times what Telegram takes, so that it ends today. */
  told: { people: isQuick ? 600 : 10_000, perSecond: 300 },
  /** At a tenth of the peak: with fewer, a percentile of a hundred would be one of few. */
  latencySeconds: isQuick ? 3 : 30,
  load: { seconds: isQuick ? 5 : 600, perSecond: 200 },
  burst: isQuick
    ? { texts: 300, seconds: 2, people: 100, perSecond: 100 }
    : { texts: 10_000, seconds: 60, people: 1000, perSecond: 100 },
  mentions: isQuick ? 500 : 5000,
  waiting: isQuick ? 50 : 500,
});
