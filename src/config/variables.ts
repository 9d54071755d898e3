/** Reads single variables of the environment and checks each. */

/** A setting that stops the start. Its message is for people. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Undefined for an empty variable, as for none. */
export const given = (variables: Variables, name: string): string | undefined => {
  const value = variables[name]?.trim();
  return value === '' ? undefined : value;
};

/** `standard` where it is not given. */
export function wholeNumber(
  variables: Variables,
  name: string,
  { standard, max }: { readonly standard: number; readonly max: number },
): number {
  const value = given(variables, name);
  if (value === undefined) return standard;
  if (!/^\d{1,9}$/.test(value) || Number(value) > max) {
    throw new ConfigError(`${name} must be a whole number from 0 to ${max}; it is "${value}".`);
  }
  return Number(value);
}

/** An http or https address without the slash at its end; undefined where it is not given. */
export function url(variables: Variables, name: string): string | undefined {
  const value = given(variables, name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ConfigError(`${name} must be an address such as https://city.example.`);
  }
  return value.replace(/\/+$/, '');
}
