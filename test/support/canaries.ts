// Secrets that nobody else has: where one of them turns up, it can only have come from its owner.

export type Canary = { readonly what: string; readonly secret: string };

const COUNTRY_DIGITS = 1;

/** A secret in every way in which it is usually written. */
export function spellingsOf({ secret }: Canary): readonly string[] {
  const plain = [secret, ...(/^\+\d{11}$/.test(secret) ? phoneSpellings(secret) : [])];
  const written = /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,2}$/.test(secret)
    ? [secret, secret.replaceAll('-', ''), secret.replaceAll('-', ' ')]
    : plain;
  const everyWay = written.flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('hex'),
    ...base64Of(text),
  ]);
  return [...new Set(everyWay)];
}

/** Which canaries a text or a file has in it, and how they are written there. */
export function findCanaries(place: string | Uint8Array, canaries: readonly Canary[]): string[] {
  const text = typeof place === 'string' ? place : Buffer.from(place).toString('latin1');
  const folded = text.toLowerCase();
  return canaries.flatMap((canary) =>
    spellingsOf(canary)
      .filter((spelling) => {
        // As bytes: a file is looked at byte by byte.
        const wanted =
          typeof place === 'string' ? spelling : Buffer.from(spelling).toString('latin1');
        return folded.includes(wanted.toLowerCase());
      })
      .map((spelling) => `${canary.what} as ${spelling}`),
  );
}

function phoneSpellings(number: string): string[] {
  const digits = number.slice(1 + COUNTRY_DIGITS);
  const [area, middle, last] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  const local = [' ', '-', '.', ''].map((mark) => [area, middle, last].join(mark));
  const abroad = local.map((text) => `${number.slice(0, 1 + COUNTRY_DIGITS)} ${text}`);
  return [...local, ...abroad, number.slice(1), `(${area}) ${middle}-${last}`, `${middle}-${last}`];
}

/** What is left of a text inside base64, wherever in a longer text it begins. */
function base64Of(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = before === 0 ? 0 : before + 1;
    const inner = whole.toString('base64').slice(start, Math.floor((whole.length * 4) / 3) - 1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
