/** What people hear about a task that they take part in, when something is due or happened. */
export const notices = {
  'notice.reminder-day':
    "Task {task}, {title}: {when}, {place}. Coming? Reply OK {task}. Can't come? Reply DROP {task}",
  'notice.reminder-hours':
    "Soon: task {task}, {title}, {when}, {place}. On site reply HERE and the code you see there. Can't come? Reply DROP {task}",
  'notice.organizer-hours':
    'Soon: task {task}, {title}, {when}. Spots taken: {taken}. Check-in code for people on site: {code}. Reply ROSTER {task} to see who comes.',
  'notice.promoted':
    "A spot is free and you're in: task {task}, {title}, {when}, {place}. Can't come? Reply DROP {task}",
  'notice.offered':
    'A spot is free: task {task}, {title}, {when}, {place}. Want it? Reply OK {task} before {until, time, short}, or DROP {task} to leave.',
  'notice.offer-over':
    "The spot in task {task}, {title}, went to the next person. You're still on the waitlist. Reply DROP {task} to leave.",
  'notice.spot-free':
    'A spot is free in task {task}, {title}, {when}, {place}. First to reply OK {task} gets it.',
  'notice.changed':
    "Changed: task {task}, {title}, is now {when}, {place}.{hasNote, select, yes { {note}.} other {}} Coming? Reply OK {task}. {free, select, yes {If it doesn't suit you any more, that's fine: reply DROP {task}} other {Can't come? Reply DROP {task}}}",
  'notice.told':
    'About task {task}, {title}, from the organizer: "{text}" Questions? Reply ASK {task} and your words.',
  'notice.question':
    'Question {question} about task {task}, {title}, from {participantId}: "{text}" Reply ANSWER {question} and your words.',
  'notice.answer': '{issuer} about task {task}, {title}: "{text}" Reply TASK {task} to see it.',
  'notice.date-missing':
    'A date of {title} could not be announced: {date, date, medium}. Check with the city how many credits you have left, then reply ANNOUNCE to post it yourself.',
  'notice.closed':
    "The organizer closed task {task}, {title}, so you don't need to come. Thank you! Reply TASKS to see what's open.",
  'notice.called-off':
    "Called off: task {task}, {title}, {when}. Reason: {why}. You don't need to come. Reply TASKS to see others.",
  'notice.lapsed':
    "We didn't hear from you about task {task}, {title}, so your spot is free again. Reply JOIN {task} to take it back.",
  'notice.absent':
    "We didn't see you at task {task}, {title}. Were you there? Reply ASK {task} and a few words to the organizer, or DONE {task} and a photo.",
  'notice.absent-corrected':
    'The organizer says you were at task {task}, {title}. All is well. Reply TASK {task} to see how it stands.',
} as const;
