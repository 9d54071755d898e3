/** What somebody asked for cannot be done; the message tells them why, and nothing else need be shown. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
