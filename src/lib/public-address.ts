/**
 * The address at which the world reaches a path of this program, such as `/tasks/12`. `publicUrl` is
 * that of its start page, without a slash at its end; it may have a path of its own, which stays.
 */
export const publicAddress = (publicUrl: string, path: string): string => `${publicUrl}${path}`;
