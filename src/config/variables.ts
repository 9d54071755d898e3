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

/** Undefined where it is not given; throws with what it `must` be where it is something else. */
export function matching(
  variables: Variables,
  name: string,
  [pattern, must]: readonly [RegExp, string],
): string | undefined {
  const value = given(variables, name);
  // The value is not repeated: it may be a secret.
  if (value !== undefined && !pattern.test(value)) throw new ConfigError(`${name} ${must}`);
  return value;
}

/** `standard` where it is not given. */
export function wholeNumber(
  variables: Variables,
  name: string,
  { standard, min = 0, max }: Readonly<Record<'standard' | 'max', number>> & { min?: 0 | 1 },
): number {
  const value = given(variables, name);
  if (value === undefined) return standard;
  if (!/^\d{1,9}$/.test(value) || Number(value) > max) {
    throw new ConfigError(`${name} must be a whole number from 0 to ${max}; it is "${value}".`);
  }
  if (Number(value) < min) throw new ConfigError(`${name} must be ${min} or more.`);
  return Number(value);
}

/** As a browser could open it: a query or a password in it would end up in the middle of others. */
export function publicUrl(variables: Variables): string | undefined {
  const value = url(variables, 'PUBLIC_URL');
  const { search = '', hash = '', username = '' } = value === undefined ? {} : new URL(value);
  if (search !== '' || hash !== '' || username !== '' || value?.match(/[?#]$/)) {
    throw new ConfigError(
      'PUBLIC_URL must be an address alone, such as https://city.example or https://city.example/bot, without ?, # or a password.',
    );
  }
  return value;
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
