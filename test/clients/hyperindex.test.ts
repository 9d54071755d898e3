import { describe, expect, it } from 'vitest';
import { seeInHyperindex } from './hyperindex.ts';
import { recordOf } from './read.ts';
import {
  addressOf,
  CLAIM,
  CREEK,
  CREEK_WORK,
  evaluation,
  evidence,
  PROFILE,
  PROJECT,
  REPOSITORY,
  record,
  refTo,
} from './town.ts';

describe('hyperindex', () => {
  it('indexes a whole city, and every record has what its schema needs', () => {
    const seen = seeInHyperindex(REPOSITORY);
    expect(seen.isDiscovered).toBe(true);
    expect(seen.name).toBe('Berkeley');
    expect(seen.counts).toEqual({
      profile: 1,
      organization: 1,
      location: 1,
      activity: 2,
      project: 1,
      attachment: 3,
      evaluation: 2,
    });
    expect([seen.incomplete, seen.strangeEvaluators, seen.unknown]).toEqual([[], [], []]);
  });

  it('finds an account by a profile or by work, not by anything else', () => {
    expect(seeInHyperindex([PROFILE]).isDiscovered).toBe(true);
    expect(seeInHyperindex([CREEK_WORK]).isDiscovered).toBe(true);
    expect(seeInHyperindex([CREEK, PROJECT]).isDiscovered).toBe(false);
  });

  it('does not know a city’s own records', () => {
    const claim = recordOf({ ...CLAIM, value: {} });
    expect(seeInHyperindex([...REPOSITORY, claim]).unknown).toEqual([CLAIM.uri]);
  });

  it('names a record that would empty everybody’s list', () => {
    const { title: _, ...untitled } = CREEK_WORK.value;
    const seen = seeInHyperindex([record('activity', '3task', untitled)]);
    expect(seen.incomplete).toEqual([addressOf('activity', '3task')]);
    const nobody = evaluation('3a', refTo('activity', '3task'), { evaluators: [{ did: 'p-1' }] });
    expect(seeInHyperindex([nobody]).strangeEvaluators).toEqual([nobody.uri]);
  });

  it('lists evaluations by their subject, and attachments by any address in them', () => {
    const task = addressOf('activity', '3task');
    const seen = seeInHyperindex([
      CREEK_WORK,
      evaluation('3a', refTo('activity', '3task')),
      evaluation('3b', refTo('activity', '3task'), { summary: '' }),
      evidence('3c', [CLAIM, refTo('activity', '3task')]),
      evidence('3d', [refTo('activity', '3task-2')]),
    ]);
    expect(seen.evaluationsOf(task)).toEqual([addressOf('evaluation', '3a')]);
    expect(seen.attachmentsWith(task)).toEqual([addressOf('attachment', '3c')]);
  });
});
