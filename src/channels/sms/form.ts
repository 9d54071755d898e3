/** Reads the form that a stranger posts, in time that grows with its length and no faster. */

/** The most that is read of a form: 1,600 letters of three bytes and ten pictures need 20 KB. */
export const FORM_BYTES_MAX = 32 * 1024;
/** Twilio sends a few dozen fields, and adds some from time to time. */
const FIELDS_MAX = 250;

/** Each name with its values in order, at least one. */
type Fields = Readonly<Record<string, readonly [string, ...string[]]>>;

/** The fields of a form; undefined for one with more than any provider sends. */
export function parseFields(body: string): Fields | undefined {
  if (!hasFewFields(body)) return undefined;
  const fields = new Map<string, [string, ...string[]]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(fields);
}

/** The separators tell how many there are, before anything is kept of them. */
function hasFewFields(body: string): boolean {
  let count = 1;
  for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
    count += 1;
    if (count > FIELDS_MAX) return false;
  }
  return true;
}
