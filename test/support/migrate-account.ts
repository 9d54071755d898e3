// Moves an account from one real PDS to another, as its owner does: the repository is imported there,
// which signs it with a key of its own, and the directory names the new server and key. And a new
// signing key on the same PDS.
import { AtpAgent } from '@atproto/api';
import { Secp256k1Keypair } from '@atproto/crypto';
import { encode } from '@atproto/lex-cbor';
import type { OwnPds } from './own-pds.ts';

type Operation = Readonly<Record<string, unknown>>;

/** Answers the password of the account on the new server. */
export async function migrateAccount(from: OwnPds, to: OwnPds): Promise<string> {
  const { did, handle } = from;
  const password = 'a password of the new server';
  const before = new AtpAgent({ service: from.pds });
  await before.login({ identifier: did, password: from.password });
  const after = new AtpAgent({ service: to.pds });
  const { data: server } = await after.com.atproto.server.describeServer();
  const { data: proof } = await before.com.atproto.server.getServiceAuth({
    aud: server.did,
    lxm: 'com.atproto.server.createAccount',
  });
  await after.com.atproto.server.createAccount(
    { did, handle, password, email: 'moved@city-sync.test' },
    { headers: { authorization: `Bearer ${proof.token}` }, encoding: 'application/json' },
  );
  await after.login({ identifier: did, password });
  const { data: car } = await before.com.atproto.sync.getRepo({ did });
  await after.com.atproto.repo.importRepo(car, { encoding: 'application/vnd.ipld.car' });
  const { data: credentials } = await after.com.atproto.identity.getRecommendedDidCredentials();
  await changeDirectory(from, { ...credentials });
  await after.com.atproto.server.activateAccount();
  await before.com.atproto.server.deactivateAccount({});
  return password;
}

/** The server signs with a new key, and the directory says so. */
export async function rotateSigningKey(pds: OwnPds): Promise<void> {
  const key = await Secp256k1Keypair.create({ exportable: true });
  await pds.useKey(await key.export());
  const owner = new AtpAgent({ service: pds.pds });
  await owner.login({ identifier: pds.did, password: pds.password });
  const { data: credentials } = await owner.com.atproto.identity.getRecommendedDidCredentials();
  await changeDirectory(pds, { ...credentials });
}

/** Writes an operation to the directory, signed with the rotation key of the old server. */
async function changeDirectory(
  { plc, did, rotationKey }: OwnPds,
  changes: Operation,
): Promise<void> {
  const log = (await (await fetch(`${plc}/${did}/log/audit`)).json()) as { cid: string }[];
  const operation = { type: 'plc_operation', prev: log.at(-1)?.cid ?? null, ...changes };
  const key = await Secp256k1Keypair.import(rotationKey);
  const signature = await key.sign(encode(operation as Parameters<typeof encode>[0]));
  const answer = await fetch(`${plc}/${did}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...operation, sig: Buffer.from(signature).toString('base64url') }),
  });
  if (!answer.ok) throw new Error(`The directory refused: ${await answer.text()}`);
}
