/** A backup that is made now, behind the door: sealed with the key of the city, as all of them are. */
import { Hono } from 'hono';
import { DATA_HEADERS } from '../security.ts';
import { answer, DOOR } from './door.ts';

export type MadeBackup = { readonly name: string; readonly bytes: ReadableStream<Uint8Array> };

/** `make` answers nothing where the backup cannot be read again. */
export function backupRoute(make: () => Promise<MadeBackup | undefined>): Hono {
  const app = new Hono();
  app.post(`${DOOR}backup`, async () => {
    const made = await make();
    if (made === undefined) return answer(500, 'The backup is not there: try once more.');
    const headers = {
      ...DATA_HEADERS,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${made.name}"`,
    };
    return new Response(made.bytes, { headers });
  });
  return app;
}
