/**
 * Twilio's SDK, pointed at the API that the operator names; every request ends in time. Of the SDK's
 * seven hundred files only those for messages are loaded: its front door loads all its products.
 */
import twilio from 'twilio/lib/base/BaseTwilio.js';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import Api from 'twilio/lib/rest/Api.js';
import { SECOND_MS } from '../../lib/clock.ts';
import { atOnce, type Outgoing } from '../../lib/outgoing.ts';
import type { SmsSettings } from './settings.ts';

const TIMEOUT_MS = 15 * SECOND_MS;
const API = 'https://api.twilio.com';

type RequestOptions = Parameters<RequestClient['request']>[0];

/** The SDK (6.2.0) has the host of its API built in: each request goes to `baseUrl` instead. */
class Requests extends RequestClient {
  readonly #baseUrl: string;
  readonly #outgoing: Outgoing;

  constructor(baseUrl: string, outgoing: Outgoing) {
    super({ timeout: TIMEOUT_MS, keepAlive: true });
    this.#baseUrl = baseUrl;
    this.#outgoing = outgoing;
  }

  override request<T>(options: RequestOptions) {
    return this.#outgoing(() =>
      super.request<T>({
        ...(options as RequestOptions & { data?: T }),
        uri: options.uri.replace(API, this.#baseUrl),
        timeout: TIMEOUT_MS,
      }),
    );
  }
}

export type SmsClient = ReturnType<typeof createClient>;

/** Every request waits in `outgoing` for its place. */
export function createClient(
  { accountSid, authToken, apiBaseUrl }: SmsSettings,
  outgoing: Outgoing = atOnce,
) {
  const httpClient = new Requests(apiBaseUrl, outgoing);
  const api = new Api(new twilio.Client(accountSid, authToken, { httpClient }));
  return { accounts: api.accounts, messages: api.account.messages };
}
