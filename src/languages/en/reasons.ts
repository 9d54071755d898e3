/** Why evidence is not approved, in English: the first of each is what its button says. */
export const reasons = {
  'no-evidence': [
    ...['NO EVIDENCE', 'NO PROOF', 'NOT ENOUGH EVIDENCE', 'NOT ENOUGH PROOF', 'NO PHOTO'],
    ...['NO PICTURE', 'MISSING EVIDENCE', 'MISSING PHOTO', 'PHOTO MISSING', 'NOT SHOWN'],
  ],
  'wrong-task': [
    ...['ANOTHER TASK', 'WRONG TASK', 'OTHER TASK', 'DIFFERENT TASK', 'A DIFFERENT TASK'],
    ...['NOT THIS TASK', 'NOT THE TASK', 'WRONG PLACE'],
  ],
  'not-done': [
    ...['NOT DONE', 'NOT FINISHED', 'UNFINISHED', 'INCOMPLETE', 'NOT COMPLETE', 'ISN T DONE'],
    ...['IT ISN T DONE', 'WORK NOT DONE', 'THE WORK IS NOT DONE', 'HALF DONE', 'NOT COMPLETED'],
  ],
  unsafe: [
    ...['UNSAFE', 'NOT SAFE', 'DANGEROUS', 'IT WAS UNSAFE', 'IT WAS NOT SAFE', 'TOO DANGEROUS'],
  ],
  duplicate: [
    ...['SENT BEFORE', 'DUPLICATE', 'ALREADY SENT', 'SAME PHOTO', 'SAME PHOTO AS BEFORE'],
    ...['REPEATED', 'SENT TWICE', 'USED BEFORE', 'COUNTED ALREADY', 'ALREADY COUNTED'],
  ],
  'not-present': [
    ...['WAS NOT THERE', 'NOT THERE', 'NOT PRESENT', 'WASN T THERE', 'ABSENT', 'NO SHOW'],
    ...['DIDN T COME', 'DID NOT COME', 'NEVER CAME', 'THEY WERE NOT THERE', 'WEREN T THERE'],
    ...['THEY WEREN T THERE'],
  ],
  other: ['OTHER', 'OTHER REASON', 'ANOTHER REASON', 'SOMETHING ELSE'],
} as const;
