// Where an account lives and what it is called, by documents that strangers write.
import { expect, test } from 'vitest';
import { createDirectory } from '../../src/account/directory.ts';

const PLC = 'did:plc:abcdefghijklmnopqrstuvwx';
const PDS = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer' };
const documentOf = (id: string, more: object = {}) => ({
  id,
  alsoKnownAs: ['at://ana.example'],
  service: [{ ...PDS, serviceEndpoint: 'https://pds.example' }],
  ...more,
});

/** A network that gives `answer` for everything; `asked` are the addresses. */
function network(answer: () => Response) {
  const asked: string[] = [];
  const give = (name: string) => async (input: string | URL | Request, init?: RequestInit) => {
    asked.push(`${name} ${String(input)} ${init?.redirect}`);
    return answer();
  };
  const lookUp = createDirectory({
    plcUrl: 'https://plc.example',
    ...{ fetch: give('directory'), fetchPublic: give('public') },
  });
  return { asked, lookUp };
}

test('the directory is asked for did:plc, and the host itself for did:web', async () => {
  const web = 'did:web:host.example%3A8443';
  for (const [did, way] of [
    [PLC, `directory https://plc.example/${encodeURIComponent(PLC)} manual`],
    ['did:web:host.example', 'public https://host.example:443/.well-known/did.json manual'],
    [web, 'public https://host.example:8443/.well-known/did.json manual'],
  ] as const) {
    const { asked, lookUp } = network(() => Response.json(documentOf(did)));
    expect(await lookUp(did)).toEqual({ handle: 'ana.example', pds: 'https://pds.example' });
    expect(asked).toEqual([way]);
  }
});

test('who is not there is undefined, and who cannot be told about throws', async () => {
  const none = network(() => new Response(null, { status: 404 }));
  expect(await none.lookUp(PLC)).toBeUndefined();
  expect(await none.lookUp('did:key:z6Mk')).toBeUndefined();
  const other = network(() => Response.json(documentOf('did:plc:zzzzzzzzzzzzzzzzzzzzzzzz')));
  expect(await other.lookUp(PLC)).toBeUndefined();
  for (const status of [302, 500]) {
    const { lookUp } = network(
      () => new Response(null, { status, headers: { location: 'http://10.0.0.1/' } }),
    );
    await expect(lookUp(PLC)).rejects.toThrow('not given now');
  }
});

test('what is not of its kind in a document is not there', async () => {
  const { lookUp } = network(() =>
    Response.json(documentOf(PLC, { alsoKnownAs: [1], service: 'none' })),
  );
  expect(await lookUp(PLC)).toEqual({ handle: undefined, pds: undefined });
});
