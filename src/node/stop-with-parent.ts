/** Ends a program that npm has started when npm is ended. */

const LOOK_MS = 500;

/** A signal to npm ends the shell between npm and us, and does not come through to us. */
export function stopWithParent(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    stop();
  }, LOOK_MS);
  look.unref();
}
