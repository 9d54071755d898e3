import type { Context } from '../context.ts';

/**
 * An id of a message as the store keeps it: one that is the address of somebody's post names its
 * author, and is known again by its HMAC alone. The city's own posts name nobody.
 */
export const hideAuthor = ({ keys, did }: Pick<Context, 'keys' | 'did'>, id: string): string =>
  id.startsWith('at://') && !id.startsWith(`at://${did}/`) ? keys.secretLookup('post', id) : id;
