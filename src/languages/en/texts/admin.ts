/** What the city's admin and invited partners hear. */
export const admin = {
  'mute.summary': '{word} 12: no more texts about it',
  'mute.usage': 'Reply MUTE and the number of the task, like MUTE 12',
  'mute.muted':
    'Stopped: texts about task {task}. Sent: {sent, number} of {total, number}. Not sent: {dropped, number}. Reply TASK {task} to see it.',

  'broadcast.braked':
    'We stopped the texts about task {task}: {stopped, number} of {sent, number} people answered STOP. Not sent: {dropped, number}.',

  // Partners: invitations, caps.
  'accept.usage': 'Reply ACCEPT and the invitation as you got it, like ACCEPT 7GK2-M4QX-9TBW',
  'accept.admin':
    "You're now an admin of City/Sync {city}. Reply INVITE organizer or INVITE business and a name to bring in a partner. Reply CAP, a name and a number to set how many credits an organizer can issue.",
  'accept.issuer':
    'You now act for {name}. Reply ANNOUNCE to post a task, REVIEW to see evidence.{cap, plural, =0 { You can announce once the city sets how many credits you can issue.} other {}}',
  'accept.redeemer':
    'You now act for {name}. Reply OFFER to add an offer. At the counter, reply CONFIRM and a code to check it.',
  'accept.slip':
    'Welcome! Task {task}, {title}, is yours now. Send DONE {task} and a photo of the work, or reply TASK {task} to see it.',
  'accept.terms':
    '{channel, select, sms {City/Sync {city}: by accepting you agreed to task & credit texts, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.} other {City/Sync {city}: by accepting you agreed to task & credit messages here. HELP for help, STOP to quit.}}',
  'accept.told':
    '{participantId} accepted and now acts for {name}.{kind, select, issuer { Reply CAP {name} 500 to let them issue up to 500 credits.} other {}}',
  'invite.summary': '{word}: bring somebody in',
  'invite.usage':
    'Reply INVITE organizer or INVITE business and the name, like INVITE business Corner Bakery. For people of it, name a role: INVITE OWNER, MANAGER, REVIEWER or COUNTER and its name',
  'invite.invited':
    'Pass this on to {name}: "Send {words} to City/Sync {city}. Sending it means you agree to messages; STOP opts out." It works once, for {days, plural, one {1 day} other {# days}}.',
  'cap.summary': '{word} name 500: credits to issue',
  'cap.usage': 'Reply CAP, the name of the organizer and a number, like CAP Creek Friends 500',
  'cap.set':
    '{name} can issue {credits} in {epoch}. Issued so far: {issued}. Reply CAP {name} and a number to change it.',
  'cap.set-next':
    '{name} can issue {credits} in the quarter from {date, date, short}. Reply CAP {name}, a number and NEXT to change it.',
  // Told to every admin two weeks before the caps carry over: who, how much, and what to say.
  'caps.turn':
    'A new quarter begins on {date, date, short}. The caps stay the same. Used so far: {issued, number} of {amount, number} in the whole city.',
  'caps.issuer': '{name}: {issued, number} of {amount, number}.',
  'caps.next': 'From then on: {next, number}.',
  'caps.pace': 'At this pace you would need {pace, number}.',
  'caps.more': 'Not shown: {count, number}, which used less.',
  'caps.end':
    "We can't suggest a cap for the city: what businesses can give is not known. Reply CAP, a name, a number and NEXT to change one, like CAP {name} 500 NEXT.",
} as const;
