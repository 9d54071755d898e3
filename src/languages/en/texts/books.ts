/** What is said when the books do not agree, and when credits are corrected. */
export const books = {
  'books.closed':
    "The city's books don't add up, so credits are stopped: no approvals, no codes. Everything else works. Whoever runs the machine should run: npm run books",
  'books.open': "The city's books add up again. Credits can move.",
  'refused.books-checking':
    "The city is checking its books: credits can't move right now. Nothing is lost. Try again later.",

  'adjust.summary': '{word} id +28 why: corrects credits',
  'adjust.usage':
    'Reply ADJUST, the public id, the credits and why, like ADJUST p-abc123def456 +28 because one task was missed',
  'adjust.asked':
    'Correction {correction}: {participantId} from {was, number} to {is, number}, because {reason}. Another admin has to reply AGREE {correction} within 3 days.',
  'adjust.told':
    '{admin} asks to correct the credits of {participantId} from {was, number} to {is, number}, because {reason}. If that is right, reply AGREE {correction}',
  'agree.summary': '{word} 3: agrees to a correction',
  'agree.usage': 'Reply AGREE and the number of the correction, like AGREE 3',
  'agree.done':
    'Done: {participantId} had {was, number} credits to use and has {is, number}. Not right? Reply ADJUST',
  'agree.asker':
    'Correction {correction} is done: {participantId} had {was, number} credits to use and has {is, number}.',
  'agree.holder':
    'The city corrected your credits: it was {was, number}, it is {is, number}, because {reason}. Reply HISTORY to see it.',
  'refused.correction-amount': 'Write the credits as a whole number with + or -, like +28 or -5',
  'refused.correction-reason':
    'Why? The person is told and it becomes public. Add it at the end, like: because one task was missed',
  'refused.correction-person':
    'Nobody here has the id {participantId}. Reply ADJUST to see how to write it.',
  'refused.correction-own': 'These are your own credits, so it takes two other admins.',
  'refused.correction-asked': 'You asked for this correction, so another admin has to agree.',
  'refused.correction-alone':
    'A correction takes two admins, and there is no other one who can agree. Whoever runs the machine can make one: npm run admin',
  'refused.correction-short':
    'That is more than they have. Credits they can use: {available, number}. Reply ADJUST with a smaller number.',
  'refused.correction-room':
    'A correction rests on earlier moves of their credits. Those leave room for {max, number} at most. Reply ADJUST with a smaller number.',
  'refused.correction-unknown':
    "There's no open correction {correction}. It may be done, or older than 3 days. Reply ADJUST to ask for a new one.",
} as const;
