/** How figures are written. */
export const print = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Such as 1,234. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

export const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`;
