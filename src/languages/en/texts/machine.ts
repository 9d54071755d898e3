/** What those hear who look after the machine. */
export const machine = {
  'replay.summary': '{word}: what was set aside',
  'replay.usage':
    'Reply REPLAY to see what was set aside, REPLAY 12 to take it up again, REPLAY 12 DROP to let it go',
  'replay.none': 'Nothing is set aside. Reply REPLAY again another day.',
  'replay.head':
    'Set aside: {total, number}. Reply REPLAY 12 to take one up again, REPLAY 12 DROP to let it go.',
  'replay.line':
    '{id}: {kind, select, message {from} other {to}} {channel}{tail, select, none {} other { *{tail}}}, {at}, {error}',
  'replay.taken':
    '{kind, select, message {{id} is taken up again. Its sender gets the answer.} other {{id} is sent again.}} Reply REPLAY to see what is left.',
  'replay.dropped': '{id} was let go. Reply REPLAY to see what is left.',
  'operator.invited':
    'For your information: whoever runs the machine of City/Sync {city} made an invitation for one more admin.',
  'operator.recovered':
    'City/Sync {city}: whoever runs the machine made an invitation for a new admin, because no admin could be reached. If you are here, tell them.',
  'operator.revoked':
    '{isYou, select, yes {You no longer act} other {{participantId} no longer acts}} for {name, select, none {City/Sync {city} as an admin} other {{name}}}. Whoever runs the machine of the city ended it.',
  'refused.parked-none': 'Nothing set aside has the number {id}. Reply REPLAY to see what has.',
} as const;
