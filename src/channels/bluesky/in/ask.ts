/** Asks for something and takes the answer as it is, whatever the library thinks of it. */
import { XRPCError } from '@atproto/api';

/**
 * An answer that does not keep to the lexicons of our version is used all the same, since one
 * strange post would hide all others of its page. So its parts are looked at one by one.
 */
export const asked = <T>(call: Promise<{ readonly data: T }>): Promise<T> =>
  call.then(
    ({ data }) => data,
    (error: unknown) => {
      if (error instanceof XRPCError && 'responseBody' in error) return error.responseBody as T;
      throw error;
    },
  );
