import { describe, expect, it } from 'vitest';
import { createWeb } from '../../../src/web/app.ts';
import { CITY, homeReads } from '../../support/home-view.ts';
import { openDataParts } from '../../support/open-data.ts';

const web = (city = CITY) =>
  createWeb({
    health: () => ({ ok: true }),
    metrics: () => '',
    home: homeReads({ city }),
    openData: openDataParts(),
    assets: new Map(),
  });

const METHOD = '/xrpc/com.atproto.repo.listRecords?repo=did:plc:x&collection=a.b.c';

describe('XRPC', () => {
  it('is not spoken here: the answer has its form and says where it is', async () => {
    const answer = await web().request(METHOD, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('link')).toBe(`<${CITY.pds}${METHOD}>; rel="alternate"`);
    expect(await answer.json()).toEqual({
      error: 'XRPCNotSupported',
      message: `This server is no PDS. The repository of the city, ${CITY.did}, is at ${CITY.pds}.`,
    });
  });

  it('is not spoken here by POST either', async () => {
    const answer = await web().request('/xrpc/com.atproto.repo.applyWrites', { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('link')).toContain(CITY.pds);
  });

  it('leads nowhere while the city has no repository', async () => {
    const { did: _, pds: __, ...city } = CITY;
    const answer = await web(city).request(METHOD);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('link')).toBeNull();
    expect(await answer.json()).toMatchObject({ error: 'XRPCNotSupported' });
  });

  it.each(['//evil.example/x', '/a%22>%0d%0aX: y', '/<b>;rel=x'])(
    'leads to the city’s own server only: %s',
    async (path) => {
      const answer = await web().request(`http://localhost/xrpc${path}`);
      const [, there = ''] =
        /^<([^<>\s"]+)>; rel="alternate"$/.exec(answer.headers.get('link') ?? '') ?? [];
      expect(new URL(there).origin).toBe(CITY.pds);
    },
  );
});
