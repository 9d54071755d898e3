/** Opens the earlier state of a repository that it is compared with. */
import type { Bytes } from './bytes.ts';
import { isRecordCid } from './cids.ts';
import { type Opened, type OpenOptions, openRepository } from './fetch-repository.ts';
import { AuditError } from './findings.ts';
import { parseHead } from './head.ts';
import { formerKeys } from './identity.ts';
import type { Repository } from './repository.ts';
import { type Changes, compareWithCid, compareWithHead, compareWithRepository } from './since.ts';

/** A head that was printed before, the CID of a transfer, or an earlier CAR. */
export type Since = string | { readonly car: Bytes };

/** Compares with an earlier state; history that was rewritten goes to the findings. */
export async function changesSince(
  since: Since,
  now: Opened,
  options: OpenOptions,
): Promise<Changes> {
  const { repository, findings } = now;
  if (typeof since !== 'string') {
    const then = await earlierRepository(since, now, options);
    return compareWithRepository(repository, then, findings);
  }
  const head = parseHead(since);
  if (head !== undefined) return compareWithHead(repository, head, findings);
  if (isRecordCid(since)) return compareWithCid(repository, since);
  throw new AuditError('What comes after --since is neither a head, nor a CID, nor a .car file.');
}

/** An earlier CAR proves as much as its own signature, with a key of now or of then. */
async function earlierRepository(
  where: { readonly car: Bytes },
  now: Opened,
  options: OpenOptions,
): Promise<Repository> {
  const then = await openRepository(where, { ...options, progress: () => {} });
  const { did } = then.repository;
  const keys = then.isSigned === false ? await formerKeys(did, options) : [];
  const isOld = (await Promise.all(keys.map(then.isSignedWith))).includes(true);
  const faults = then.findings.all().list.filter(({ code }) => code !== 'signature' || !isOld);
  const [first] = faults;
  if (first !== undefined) {
    throw new AuditError(`The earlier file proves nothing: ${first.sentence} (${first.uri})`);
  }
  if (then.isSigned === undefined && now.isSigned !== undefined) {
    throw new AuditError('The signature of the earlier file could not be checked.');
  }
  return then.repository;
}
