/** The city's number and its provider, as the operator sets them. */
export type SmsSettings = {
  readonly accountSid: string;
  /** Signs every webhook and opens the API. Never logged. */
  readonly authToken: string;
  /** The city's number (E.164), or else a messaging service that has one. */
  readonly from: string | undefined;
  readonly messagingServiceSid: string | undefined;
  readonly apiBaseUrl: string;
  readonly messagesPerSecond: number;
  /** Where the provider reaches this program: its requests are signed for that address. */
  readonly publicUrl: string;
  /** The countries whose numbers it talks with, by their codes; any where it is left out. */
  readonly countries?: readonly string[] | undefined;
};
