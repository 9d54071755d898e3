/** Twilio's SDK, pointed at the API that the operator names; every request ends in time. */
import twilio from 'twilio';
import { SECOND_MS } from '../../lib/clock.ts';
import type { SmsSettings } from './settings.ts';

const TIMEOUT_MS = 15 * SECOND_MS;
const API = 'https://api.twilio.com';

type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

/** The SDK (6.2.0) has the host of its API built in: each request goes to `baseUrl` instead. */
class Requests extends twilio.RequestClient {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    super({ timeout: TIMEOUT_MS, keepAlive: true });
    this.#baseUrl = baseUrl;
  }

  override request<T>(options: RequestOptions) {
    return super.request<T>({
      ...(options as RequestOptions & { data?: T }),
      uri: options.uri.replace(API, this.#baseUrl),
      timeout: TIMEOUT_MS,
    });
  }
}

export type SmsClient = ReturnType<typeof createClient>;

export const createClient = ({ accountSid, authToken, apiBaseUrl }: SmsSettings) =>
  twilio(accountSid, authToken, { httpClient: new Requests(apiBaseUrl) });
