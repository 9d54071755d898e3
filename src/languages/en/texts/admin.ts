/** What the city's admin and invited partners hear. */
export const admin = {
  'halt.summary': '{word} 12: no more texts about it',
  'halt.usage': 'Reply HALT and the number of the task, like HALT 12',
  'halt.halted':
    'Halted: texts about task {task}. {sent, plural, =0 {None was} one {1 was} other {{sent, number} were}} sent of {total, number}; {dropped, number} will not be.',

  // Partners: invitations, caps.
  'accept.usage': 'Reply ACCEPT and the invitation as you got it, like ACCEPT 7GK2-M4QX-9TBW',
  'accept.admin':
    'You are now an admin of City/Sync {city}. INVITE issuer or INVITE redeemer and a name brings in a partner; CAP, a name and a number sets what an issuer may issue.',
  'accept.issuer':
    'You act for {name} now: ANNOUNCE posts a task, REVIEW shows evidence.{cap, plural, =0 { You can announce once the city has set how much you may issue.} other {}}',
  'accept.redeemer':
    'You act for {name} now: OFFER adds an offer, CONFIRM and a code checks it at the counter.',
  'accept.terms':
    '{channel, select, sms {City/Sync {city}: by accepting you agreed to task & credit texts, msg freq varies. Msg&data rates may apply. Reply HELP for help, STOP to quit.} other {City/Sync {city}: by accepting you agreed to task & credit messages here. HELP for help, STOP to quit.}}',
  'accept.told':
    '{participantId} accepted and acts for {name} now.{kind, select, issuer { CAP {name} 500 lets them issue up to 500 credits.} other {}}',
  'invite.summary': '{word} issuer or redeemer and a name',
  'invite.usage':
    'Reply INVITE issuer or INVITE redeemer and the name, like INVITE redeemer Corner Bakery',
  'invite.invited':
    'Hand this on to {name}: "Send {words} to City/Sync {city}. Sending it means agreeing to messages; STOP ends them." It works once, for {days, plural, one {1 day} other {# days}}.',
  'cap.summary': '{word} name 500: what an issuer may issue',
  'cap.usage': 'Reply CAP, the name of the issuer and a number, like CAP Creek Friends 500',
  'cap.set': '{name} may issue {credits} in {epoch}; issued so far: {issued}.',
} as const;
