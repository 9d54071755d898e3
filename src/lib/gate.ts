/**
 * Lets work through as far as `capacity` allows, in order of arrival: work that is heavier than what
 * is left of it waits, and later work waits behind it.
 */
export function createGate(capacity: number) {
  let free = capacity;
  const waiting: { readonly weight: number; readonly enter: () => void }[] = [];
  const admit = () => {
    for (let next = waiting[0]; next !== undefined && next.weight <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.weight;
      next.enter();
    }
  };
  return async <T>(weight: number, work: () => Promise<T>): Promise<T> => {
    if (weight > capacity) throw new Error('createGate: heavier than the whole capacity');
    await new Promise<void>((enter) => {
      waiting.push({ weight, enter });
      admit();
    });
    try {
      return await work();
    } finally {
      free += weight;
      admit();
    }
  };
}
