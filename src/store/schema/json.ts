import { customType } from 'drizzle-orm/sqlite-core';

/** A column that holds a value as JSON text. It is written and parsed here, and nowhere else. */
export const json = <T>() =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    // A prepared statement hands over null as well, and null is no JSON text.
    toDriver: (value) => (value === null ? value : JSON.stringify(value)) as string,
    fromDriver: (text) => JSON.parse(text),
  })();
