/** What organizers hear: announcing, reviewing, closing. */
export const organizer = {
  // Organizers: announcing, reviewing, closing.
  'announce.summary': '{word}: post a task',
  'announce.title':
    'What is the task? A short title. (Here and later: NO discards, BACK goes back.)',
  'announce.credits': 'How many credits does each person get? A whole number.',
  'announce.when': 'When is it? Write it like: sat 9am-11am',
  'announce.where': 'Where do people meet?',
  'announce.slots': 'How many people can join? A whole number.',
  'announce.usage':
    'Write ANNOUNCE title; credits; when; where; slots - like ANNOUNCE Creek clean-up; 30; sat 9am-11am; 8th St bridge; 10',
  'announce.read-back':
    '{title}. {when}, {place}. {slots, plural, one {# person} other {# people}}, {credits} each, {total} at most. Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.confirm-again': 'Reply OK to announce it, NO to discard it, BACK to change it.',
  'announce.discarded': 'All right, nothing was announced.',
  'announce.announced':
    'Announced: task {task}, {title}. ROSTER {task} shows who is in, CLOSE {task} ends it.',
  'review.summary': '{word}: evidence that waits',
  'review.none': 'Nothing waits for your review.',
  'review.next':
    'Evidence {evidence}, task {task}, {title}. {participantId}, {at}: {hasText, select, yes {"{text}", } other {}}{pictures, plural, =0 {no photo} one {1 photo} other {# photos}}. Reply APPROVE {evidence}, or REJECT {evidence} and why.{others, plural, =0 {} one { 1 more waits.} other { # more wait.}}',
  'review.alike':
    '{likeness, select, same {The same photo} other {Nearly the same photo}}: evidence {evidence}, task {task}, {at, date, short}, {person, select, same {same person} other {{participantId}}}.',
  'approve.summary': '{word} 31: credits are issued',
  'approve.usage':
    'Reply APPROVE and the number of the evidence, like APPROVE 31. REVIEW shows what waits.',
  'approve.approved':
    'Approved: evidence {evidence}, {title}. {credits} issued.{waiting, plural, =0 {} one { 1 more waits: REVIEW.} other { # more wait: REVIEW.}}',
  'approve.told':
    'Thank you! Your work on {title} was approved and earned you {credits}.{hasNote, select, yes { "{note}"} other {}} OFFERS shows what for.',
  'approve.public':
    'The work on {title} was approved. Thank you! The rest is in a private message.',
  'reject.summary': '{word} 31 and why: not approved',
  'reject.usage':
    'Reply REJECT, the number of the evidence and why, like REJECT 31 the photo shows another place',
  'reject.rejected':
    'Not approved: evidence {evidence}, {title}. The reason was passed on.{waiting, plural, =0 {} one { 1 more waits: REVIEW.} other { # more wait: REVIEW.}}',
  'reject.kept': 'All right, it goes on waiting for review.',
  'reject.told':
    'Thank you for your time on {title}. The review could not approve it: "{reason}" So there are no credits this time. Questions: {contact}',
  'reject.told-credited':
    'Thank you for your time on {title}. The review could not approve it: "{reason}" You get {credits} all the same. Questions: {contact}',
  'roster.summary': '{word} 12: who is in',
  'roster.usage': 'Reply ROSTER and the number of your task, like ROSTER 12',
  'roster.head': 'Task {task}, {title}: {taken} of {slots} slots taken.',
  'roster.line':
    '{participantId} {state, select, active {is in} standby {on standby} submitted {sent evidence} verified {approved} other {not approved}}',
  'roster.more': 'and {count} more',
  'close.summary': '{word} 12: end a task',
  'close.usage': 'Reply CLOSE and the number of your task, like CLOSE 12',
  'close.closed':
    'Task {task}, {title}, is closed.{released, plural, =0 {} one { 1 person was let go and will be told.} other { # people were let go and will be told.}}{waiting, plural, =0 {} one { 1 piece of evidence waits: REVIEW.} other { # pieces of evidence wait: REVIEW.}}',
  'close.told':
    "Task {task}, {title}, was closed by its organizer, so you need not come. Thank you! TASKS shows what's open.",
} as const;
