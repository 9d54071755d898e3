/** What people hear about whose account is whose: linked, parted, moved, shared, alike. */

/** An address as others may see it. */
const address =
  '{channel, select, sms {the phone ending in {ending}} telegram {the Telegram account ending in {ending}} other {the Bluesky account ending in {ending}}}';
const due = '{due, date, short} at {due, time, short}';

export const people = {
  // Linking: both sides agree.
  'link.ask': `{again, select, yes {Once more, since you act for others: l} other {L}}ink this with ${address}? If both are yours, reply OK: they become one account. If not, reply NO.`,
  'link.ask-number': `Last step: link this with ${address}? It could then act in your name. If both are yours, reply {number}. If not, reply NO.`,
  'link.asked': `Thanks. Now we're asking ${address}. Answer there to finish.`,
  'link.busy': `We couldn't ask ${address}: another question is open there. Answer that first, then reply LINK here.`,
  'link.declined': 'All right, nothing was linked. Reply LINK if you change your mind.',
  'link.share': 'Share my phone number',
  'link.judged-told':
    '{one} and {other} wanted to become one account. We refused, since one has reviewed or honored the other. Please look into it.',
  'unlink.only': 'This is your only channel here. Reply LINK to add another one.',
  'unlink.line': `{number} ${address}`,
  'unlink.how': 'Reply UNLINK and a number to separate one, like UNLINK 2',
  'unlink.ask': `Separate ${address}? It becomes an account of its own, without credits. Reply OK or NO.`,
  'unlink.kept': 'All right, nothing changed. Reply UNLINK to see your channels.',
  'unlink.done': `Done: ${address} is an account of its own now. Reply LINK to link it again.`,

  // Moving to another address.
  'move.usage':
    'New phone? Send MOVE and your recovery code. Lost the code? Send MOVE and your old number. Reply MOVE NEW for another code.',
  'move.keep': 'Keep your recovery code: {code}',
  'move.code':
    'Your recovery code: {code}. Write it down. If you lose this phone, send MOVE and the code from the new one. Tell nobody.',
  'move.waiting': `Your account moves here on ${due}, unless one of its old addresses writes to us. OK from there moves it at once.`,
  'move.told': `Your account moves to ${address} on ${due}. Not you? Any reply stops it, like NO. If it's you, reply OK: it moves now.`,
  'move.told-number': `Your account moves to ${address} on ${due}. Not you? Any reply stops it, like NO. If it's you, reply {number}: it moves now.`,
  'move.admins': `The account of {participantId}, who acts for others, moves to ${address} on ${due}. Any word from its old addresses stops it.`,
  'move.proven':
    "Thank you, now we know it's you. Everything works again. Reply HELP to see what you can say.",
  'move.ask-new': 'Do you want a new recovery code? The old one stops working. Reply OK or NO.',
  'move.kept': 'All right, nothing changed. Reply HELP to see what you can say.',
  'move.asked':
    "If that number takes part, the city's admins look into it. If they agree, the account moves here two weeks later, unless the old number writes to us.",
  'move.asked-old': `Somebody wants to move your account to ${address} and says the code is lost. The city's admins decide. Not you? Any reply stops it, like NO.`,
  'move.asked-admins':
    '{channel, select, sms {The phone} telegram {The Telegram account} other {The Bluesky account}} ending in {ending} lost its code and claims the account of the phone ending in {from}. Sure of it? Reply ALLOW {number} and why.',
  'move.stopped': `You wrote, so we stopped the move of your account to ${address}. Nothing moved.`,
  'move.stopped-there': 'An old address wrote to us, so the account does not move here.',
  'move.away': `Your account is now at ${address}, and not here any more.`,
  'move.done':
    'Your account is here now. Your new recovery code: {code}. Write it down and tell nobody. Reply BALANCE to see your credits.',
  'move.agreed': `Your account is now at ${address} too. Reply UNLINK to see all.`,
  'move.failed':
    'The account could not move here: this address has credits, tasks or roles of its own now. Reply HELP to see whom to ask.',
  'allow.usage': 'Reply ALLOW, the number of the move and why, like ALLOW 3 I know them in person',
  'allow.allowed': `Allowed. It moves on ${due}, unless one of its old addresses writes to us.`,

  // Two people on one phone.
  'me.turn': 'Person {turn, number}: ',
  'me.ask-second':
    'Does a second person use this phone? With OK they agree to messages here and get an account of their own. Msg&data rates may apply. Reply OK or NO.',
  'me.kept': 'All right, nothing changed. Reply HELP to see what you can say.',
  'me.now': "It's person {turn, number}'s turn now. Reply ME {other, number} to switch.",

  // Accounts that may be one person's.
  'alike.summary': '{word}: accounts that look alike',
  'alike.none': 'No two accounts look alike. Reply ALIKE again another day.',
  'alike.line':
    '{number}: {one} and {other}, {basis, select, photos {same photos} times {joined at the same times} other {same places}} ({times, number})',
  'alike.how': 'Reply SAME or DIFFERENT, a number and why, like SAME {number} one phone number.',
  'same.usage': 'Reply SAME, the number of the pair and why. Reply ALIKE to see them.',
  'same.said':
    '{one} and {other} count as one person. Both were told. Neither can approve the other. Reply ALIKE to see others.',
  'same.told':
    "The city's admins think that you also have account {other}: {reason}. Neither can approve the other now. Not so? Write to {contact}",
  'different.usage': 'Reply DIFFERENT, the number of the pair and why. Reply ALIKE to see them.',
  'different.said': '{one} and {other} count as two people. Reply ALIKE to see others.',

  'refused.link-judged':
    "These can't be one account: one of them has approved work or honored a code of the other. The city's admins were told. Reply HELP to see whom to ask.",
  'refused.link-public':
    "Others could read that code, so it doesn't work any more. Reply LINK in a private message for another.",
  'refused.link-over': 'That question is over. Reply LINK if you still want to link.',
  'refused.link-no-phone':
    'No other account here has that number. To link another channel, reply LINK for a code.',
  'refused.unlink-last': 'This is your only channel here. Reply LINK to add another one first.',
  'refused.unlink-unknown': "That isn't one of your channels. Reply UNLINK to see them.",
  'refused.number-returned':
    "This number was silent for long, so please show that it's still you: reply MOVE and your recovery code. No code? Reply MOVE and this number.",
  'refused.recovery-unknown':
    "That code doesn't work. Check it and try again. Lost it? Send MOVE and your old number.",
  'refused.recovery-public':
    "Others could read that code, so it doesn't work any more. Reply MOVE NEW from your old phone for another.",
  'refused.move-own': 'Your account is here already. Send MOVE and the code from the new phone.',
  'refused.move-unheard':
    'We cannot tell the old phone about the move, so nothing moved. Send MOVE and the old number: an admin decides.',
  'refused.move-under-way': 'A move is under way already. We tell you when it is done.',
  'refused.move-both':
    'This address has credits, tasks or roles of its own. Use those first, then send MOVE again.',
  'refused.move-unknown':
    'There is no move {number} for you to allow. Reply ALLOW to see how to write it.',
  'refused.reason-wanted': 'Please send it again and say why, after the number.',
  'refused.turn-unknown': 'Only person 1 and 2 can share a phone. Reply ME 1 or ME 2',
  'refused.pair-unknown': 'There is no such pair. Reply ALIKE to see them.',
  'refused.pair-own': 'That is about your own account, so another admin has to say it.',
} as const;
