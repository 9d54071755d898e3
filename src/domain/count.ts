/** Is this a whole number from 1 to `max`? */
export const isCount = (value: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= 1 && value <= max;
