// Registers a service with a DID of its own in a local PLC directory.
import { Secp256k1Keypair } from '@atproto/crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeDagCbor } from './dag-cbor.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Answers the DID. */
export async function registerService(
  plc: string,
  service: { readonly id: string; readonly type: string; readonly endpoint: string },
): Promise<string> {
  const key = await Secp256k1Keypair.create();
  const operation = {
    type: 'plc_operation',
    verificationMethods: {},
    rotationKeys: [key.did()],
    alsoKnownAs: [],
    services: { [service.id]: { type: service.type, endpoint: service.endpoint } },
    prev: null,
  };
  const sig = Buffer.from(await key.sign(bytesOf(operation))).toString('base64url');
  const signed = { ...operation, sig };
  const did = `did:plc:${base32(sha256(bytesOf(signed))).slice(0, 24)}`;
  const answer = await fetch(`${plc}/${did}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signed),
  });
  if (!answer.ok) throw new Error(`The PLC directory: ${await answer.text()}`);
  return did;
}

const bytesOf = (operation: object): Uint8Array =>
  Uint8Array.from(encodeDagCbor(operation as never));

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}
