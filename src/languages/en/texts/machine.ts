/** What those hear who look after the machine. */
export const machine = {
  'replay.summary': '{word}: what was set aside',
  'replay.usage':
    'Reply REPLAY to see what was set aside, REPLAY 12 to take it up again, REPLAY 12 DROP to let it go',
  'replay.none': 'Nothing is set aside.',
  'replay.head':
    'Set aside: {total, number}. Reply REPLAY 12 to take one up again, REPLAY 12 DROP to let it go.',
  'replay.line':
    '{id}: {kind, select, message {from} other {to}} {channel}{tail, select, none {} other { *{tail}}}, {at}, {error}',
  'replay.taken':
    '{kind, select, message {{id} is taken up again. Its sender gets the answer.} other {{id} is sent again.}}',
  'replay.dropped': '{id} was let go.',
  'refused.parked-none': 'Nothing set aside has the number {id}. Reply REPLAY to see what has.',
} as const;
