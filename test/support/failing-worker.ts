// The worker of a city that stands still at a step of a message's way, for whoever kills it there, and
// that can be put away as the platform does it: all that it had in memory is gone.
import { CityObject } from '../../src/cloudflare/city-object.ts';
import type { Step } from '../../src/lib/steps.ts';
import worker from '../../src/worker.ts';

export { Pictures } from '../../src/cloudflare/pictures-entrypoint.ts';

/** What is written when it stands still. */
const STOPPED = 'It stands still at';

let armed: { readonly step: string; left: number } | undefined;

function passes(step: Step): void {
  if (armed?.step !== step) return;
  armed.left -= 1;
  if (armed.left > 0) return;
  // biome-ignore lint/suspicious/noConsole: The test reads it.
  console.log(`${STOPPED} ${step}`);
  for (;;) {
    // Nothing else happens any more, and nothing that waits is sent.
  }
}

export class City extends CityObject {
  protected override readonly observe = passes;

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/test/arm') {
      armed = { step: searchParams.get('step') ?? '', left: Number(searchParams.get('left')) };
      return new Response();
    }
    if (pathname === '/test/abort') this.ctx.abort('It is put away.');
    return super.fetch(request);
  }
}

export default worker;
