// What the tests of parts run in: objects with a store and no city, and the entrypoint that checks
// pictures. The whole city is tried by `npm run test:worker`, as wrangler bundles it.
import { DurableObject } from 'cloudflare:workers';
import { openDurableStore } from '../../src/store/open-durable.ts';

export { Pictures } from '../../src/cloudflare/pictures-entrypoint.ts';

export class City extends DurableObject {
  constructor(ctx: DurableObjectState, bindings: unknown) {
    super(ctx, bindings);
    ctx.blockConcurrencyWhile(async () => {
      await openDurableStore(ctx.storage);
    });
  }
}

export default { fetch: (): Response => new Response(null, { status: 404 }) };
