/**
 * Fetches pictures back from the PDS once the records with them are published: the spool lets go of
 * one only when its bytes came back as they are, since it may be the only copy. One that the PDS does
 * not give out is uploaded again, at longer and longer intervals, and stays here until it does.
 */

import { type Answer, answered } from '../../account/answer.ts';
import { type Clock, DAY_MS, MINUTE_MS } from '../../lib/clock.ts';
import { createLoop, type Loop } from '../../lib/loop.ts';
import { pauseAfter } from '../../lib/repeat.ts';
import type { Timers } from '../../lib/timers.ts';
import type { PictureRow } from '../../store/pictures.ts';
import type { Store } from '../../store/store.ts';
import type { SubmissionSettings } from './submission.ts';

export type PictureSettings = SubmissionSettings & {
  readonly store: Pick<Store, 'read' | 'commit'>;
  readonly clock: Clock;
  readonly timers?: Timers | undefined;
  /** Lets the spool forget a picture that is safe on the PDS. */
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly log: { readonly warn: (detail: object, message: string) => void };
  /** Is told what should not have happened. */
  readonly failed: (error: unknown) => void;
};

const AT_ONCE = 16;
const AGAIN_FIRST_MS = 10 * MINUTE_MS;
const DOUBLED_MAX = 10;

/** How long (ms) one that was not given out so many times waits for the next look. */
const againAfter = (times: number): number =>
  Math.min(DAY_MS, AGAIN_FIRST_MS * 2 ** Math.min(times, DOUBLED_MAX));

type Picture = Pick<PictureRow, 'id' | 'spoolKey' | 'mediaType' | 'attempts'> & {
  readonly cid: string;
};

type Keeper = {
  readonly settings: PictureSettings;
  readonly signal: AbortSignal;
  /** How often in a row the PDS gave no answer that helps. */
  failures: number;
};

/** A worker that looks at what is due; `signal` aborts when it is to begin no other. */
export function createPictureKeeper(settings: PictureSettings, signal: AbortSignal): Loop {
  const { failed, timers } = settings;
  const keeper: Keeper = { settings, signal, failures: 0 };
  return createLoop({ turn: (loop) => takeTurn(keeper, loop), failed, timers });
}

async function takeTurn(keeper: Keeper, loop: Loop): Promise<boolean> {
  const { settings, signal } = keeper;
  const { store, clock } = settings;
  const now = clock.now();
  const due = store.read.pictures.uploaded(now, AT_ONCE);
  for (const picture of due) {
    if (signal.aborted) return false;
    const answer = await lookAfter(settings, picture as Picture);
    keeper.failures = answer.kind === 'ok' ? 0 : keeper.failures + 1;
    if (answer.kind === 'ok') continue;
    const soonest = pauseAfter(keeper.failures);
    const isLimited = answer.kind === 'limited';
    loop.wakeAfter(isLimited ? Math.max(answer.until - clock.elapsed(), soonest) : soonest);
    return false;
  }
  const next = store.read.pictures.nextUploadedAt(now);
  if (next !== undefined) loop.wakeAfter(next - now);
  return due.length === AT_ONCE;
}

/** Lets go of a picture that the PDS gives out, or gives it to the PDS again. */
async function lookAfter(settings: PictureSettings, picture: Picture): Promise<Answer<unknown>> {
  const { store, repository, readPicture, log } = settings;
  const { cid, spoolKey } = picture;
  const found = await repository.hasPicture(cid);
  if (found.kind !== 'ok') return found;
  if (found.value) return letGo(settings, picture);
  const bytes = await readPicture(spoolKey);
  if (bytes === undefined) {
    log.warn({ cid }, 'A photo is lost: neither the PDS nor the spool has it.');
    return letGo(settings, picture);
  }
  const uploaded = await repository.upload(bytes, picture.mediaType ?? '');
  if (uploaded.kind !== 'ok') return uploaded;
  const again = await repository.hasPicture(cid);
  if (again.kind !== 'ok') return again;
  if (again.value) return letGo(settings, picture);
  if (store.read.pictures.notKept() === 0) {
    log.warn({ cid }, 'The PDS does not give out a photo that it took. Such photos stay here.');
  }
  const retryAt = settings.clock.now() + againAfter(picture.attempts);
  await store.commit((tx) => tx.pictures.markNotKept(picture.id, retryAt));
  return answered(undefined);
}

async function letGo(settings: PictureSettings, picture: Picture): Promise<Answer<void>> {
  const { store, removePicture, log } = settings;
  const { id, cid, spoolKey } = picture;
  await store.commit((tx) => tx.pictures.markPublished([id]));
  if (picture.attempts > 0 && store.read.pictures.notKept() === 0) {
    log.warn({ cid }, 'The PDS gives out all photos again.');
  }
  await removePicture(spoolKey).catch((error: unknown) => {
    log.warn({ err: error, spoolKey }, 'A published picture stays in the spool.');
  });
  return answered(undefined);
}
