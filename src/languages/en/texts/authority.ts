/** Who may act for whom: invitations, roles, suspension, and the number that SMS has to prove. */
export const authority = {
  // Words that move authority, said by SMS.
  'number.ask':
    "To do this, reply {number} from this phone within {minutes} minutes: {words}. If you didn't ask for it, don't reply.",
  'number.wrong': "That's not the number. Tries left: {left}. Reply with the number that we sent.",
  'number.ended':
    'That was the wrong number three times, so nothing was changed. Send the words again for a new number.',
  'number.dropped':
    "That wasn't the number, so nothing was changed. Send the words again for a new number.",
  'number.wait':
    'There were too many wrong numbers today, so nothing was changed. Try again tomorrow, or write from Telegram or Bluesky.',

  'role.short':
    "Your role doesn't allow that. Ask the owner of your organization, or reply HELP to see what you can do.",

  // Several partners.
  'as.summary': '{word} and a name: act for another organization',
  'as.answer': '{name}: {text}',
  'as.which': 'You act for {names}. Reply AS and the name that you want to act for.',
  'as.one': 'You act for {name}, and for nobody else. Reply HELP to see what you can say.',
  'as.none': "You don't act for an organization. Reply HELP to see what you can do.",
  'as.now': 'From now on you act for {name} ({roles}). Reply HELP to see what you can say.',

  // The desk.
  'login.summary': '{word}: your desk in a browser',
  'login.link':
    'Open your desk within {minutes, number} minutes. The link works once, so open it yourself: {url} LOGIN OFF closes every desk of yours.',
  'login.no-page':
    'This city has no web page, so there is no desk. Reply HELP to do it by message, or ask {contact}.',
  'login.off':
    'Your desk is closed everywhere. Browsers signed out: {count, number}. Reply LOGIN to open it again.',
  'login.told': 'Done on your desk: {text} If that was not you, reply LOGIN OFF.',
  'login.decision-open': 'Your decision on evidence {evidence} was not made: {text}',
  'login.question-over': 'That question is over. Nothing was changed. Try again.',
  'login.no-answer':
    "That doesn't answer the question. Choose one of the answers below, or try again.",
  'refused.login-nobody':
    "You don't act for an organization or the city, so there's no desk for you. Reply HELP to see what you can do.",

  // Invitations.
  'invite.invited-role':
    'Pass this on: "Send {words} to City/Sync {city} to act for {name} ({role}). Sending it means you agree to get messages; STOP to quit." It works once, for {days, plural, one {1 day} other {# days}}.{ends, select, yes { The role ends {until, date, short}.} other {}}',
  'invite.invited-admin':
    'Pass this on: "Send {words} to City/Sync {city} to become an admin. Sending it means you agree to get messages; STOP to quit." It works once, for {days, plural, one {1 day} other {# days}}. All admins are told.',
  'invite.told-admins': '{participantId} invited somebody to be an admin of City/Sync {city}.',
  'accept.manager':
    'You now act for {name} ({role}). Reply {kind, select, issuer {ANNOUNCE to post a task} other {OFFER to add an offer}}.',
  'accept.reviewer': 'You now act for {name} ({role}). Reply REVIEW to see evidence.',
  'accept.counter':
    'You now act for {name} ({role}). At the counter, reply CONFIRM and a code to check it.',
  'accept.deferred':
    'You now act for {name}. The city put it off for now: "{reason}" We will text you when you can start.',
  'accept.told-admin': '{participantId} accepted and is now an admin of City/Sync {city}.',
  'accept.told-role': '{participantId} accepted and now acts for {name} ({role}).',
  'accept.public':
    "Others could read that invitation, so it doesn't work any more. Ask for a new one, and send it in a private message.",

  // Ending a role or an invitation.
  'team.summary': '{word}: who acts for you',
  'team.none': "You don't own an organization with that name. Reply TEAM to see yours.",
  'team.city': '{name}, the city:',
  'team.issuer': '{name}, organizer:',
  'team.redeemer': '{name}, business:',
  'team.person':
    '{role}: {participantId}{isYou, select, yes { (you)} other {}}{ends, select, yes {, until {until, date, short}} other {}}',
  'team.more': 'More people: {count, number}',
  'team.invited': 'Open invitations: {count, number}',
  'team.foot':
    'Reply INVITE, a role and {name} to add somebody. Reply UNINVITE to end a role or invitation.',
  'team.foot-city': 'Reply INVITE admin to add one. Reply UNINVITE admin to end one.',
  'uninvite.summary': '{word}: end a role or an invitation',
  'uninvite.which': 'Which one do you want to end? Reply like {like}',
  'uninvite.more': '{count} more: reply UNINVITE and the name of the organization to see those.',
  'uninvite.none': "There's no role or invitation like that to end. Reply UNINVITE to see them.",
  'uninvite.person': '{participantId}, {role}, {name}',
  'uninvite.invite': 'Invitation of {at, date, short}, {role}, {name}',
  'uninvite.ended-person':
    'Done: {participantId} no longer acts for {name}. Reply UNINVITE to see who is left.',
  'uninvite.ended-invite':
    "Done: that invitation for {name} doesn't work any more. Reply UNINVITE to see what is left.",
  'uninvite.told': 'You no longer act for {name}. Questions: {contact}',
  'uninvite.told-others': '{participantId} no longer acts for {name}.',

  // Suspension.
  'suspend.summary': '{word} name and why: stops an organization',
  'suspend.usage': 'Reply SUSPEND, the name and why, like SUSPEND Corner Bakery closed for repairs',
  'suspend.done':
    '{name} is suspended: no new task, approval, offer or code. Told: {told}. Reply RESUME {name} to undo it, REVIEW for its evidence.',
  'suspend.told':
    'The city suspended {name}: "{reason}" For now you can\'t post, review or add offers for it. Questions: {contact}',
  'suspend.told-admins': '{participantId} suspended {name}: "{reason}"',
  'suspend.joined':
    'Task {task}, {title}: the city suspended its organizer, so it may not take place. Ask before you go: {contact}',
  'resume.summary': '{word} name: lets an organization act again',
  'resume.usage': 'Reply RESUME and the name, like RESUME Corner Bakery',
  'resume.done':
    '{name} can act again. Told: {told}. Reply SUSPEND {name} and why to stop it again.',
  'resume.told': 'Good news: {name} can act again. Reply HELP to see what you can do.',
  'resume.told-admins': '{participantId} lets {name} act again.',
  'resume.joined':
    "Task {task}, {title}: its organizer is back. Reply TASK {task} to see what's planned.",
  'cap.half': 'That is half of {asked}. Reply RESUME {name} to allow the whole.',

  'refused.role-short':
    "Your role at {name} doesn't allow that. Ask its owner, or reply HELP to see what you can do.",
  'refused.partner-unknown':
    "There's no organization called {name}. Reply INVITE organizer or INVITE business to bring one in.",
  'refused.defer-why': 'Add why: INVITE business Corner Bakery; red and the reason',
  'refused.delegations-many':
    'Too many people have acted for {name} already. Please tell the operator.',
  'refused.ends-in-past': 'That date is in the past. Write a future day, like: until dec 20',
  'refused.invite-half':
    '{name} is an organizer and a business. Say which: INVITE MANAGER organizer {name}, or INVITE MANAGER business {name}. The same goes for OWNER.',
  'refused.uninvite-unknown':
    "There's no role or invitation like that to end. Reply UNINVITE to see them.",
  'refused.last-admin':
    "That's the city's last admin, so it can't be ended. Invite another one first: INVITE admin",
  'refused.suspend-why': 'Add why, for everybody to read: SUSPEND {name} and the reason',
  'refused.suspend-already': '{name} is suspended already. Reply RESUME {name} to undo it.',
  'refused.resume-nothing':
    '{name} can act already, or nobody has accepted its invitation yet. Reply HELP to see what you can say.',
  'refused.as-unknown': "You don't act for an organization with that name. Reply AS to see yours.",
} as const;
