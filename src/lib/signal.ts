/** Tells whoever listens that something happened, and nothing more. */
export type Signal = {
  readonly give: () => void;
  readonly listen: (listener: () => void) => void;
};

export function createSignal(): Signal {
  const listeners: (() => void)[] = [];
  return {
    give: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
}
