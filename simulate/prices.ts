/** Prices in dollars, without taxes. */

/** Twilio, a segment over a US long code, sent or received: list price, July 2026. */
export const SMS_SEGMENT = 0.0083;
/** Twilio, a message with a photo that is received (MMS): list price, July 2026. */
export const MMS_RECEIVED = 0.0165;
/** What carriers add to a segment that is sent: 0.0025 to 0.0062 by carrier, AT&T's is taken, July 2026. */
export const SMS_CARRIER_FEE = 0.0035;
/** Telegram and Bluesky take nothing for messages of bots. */
export const TELEGRAM_MESSAGE = 0;
export const BLUESKY_MESSAGE = 0;

/** Cloudflare's paid plan, a month: Durable Objects pricing, 2026. */
export const CLOUDFLARE = {
  base: 5,
  requestsIncluded: 1e6,
  requestsMillion: 0.15,
  gigabyteSecondsIncluded: 400_000,
  gigabyteSecondsMillion: 12.5,
  rowsWrittenIncluded: 50e6,
  rowsWrittenMillion: 1,
} as const;
/** An object that is awake has 128 MB. */
export const OBJECT_GIGABYTES = 0.128;
