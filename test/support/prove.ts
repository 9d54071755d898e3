// Words that move authority, said by SMS: the number that they are answered with is sent back.

/** The number in the answer; undefined for an answer that asks for none. */
export const numberIn = (text: string): string | undefined =>
  /(?:reply|responde) (\d{4}) (?:from|desde)/u.exec(text)?.[1];

/** Says it and sends the number back; what is then answered. */
export async function prove(ask: (text: string) => Promise<string>, text: string): Promise<string> {
  const asked = await ask(text);
  const number = numberIn(asked);
  return number === undefined ? asked : await ask(number);
}
