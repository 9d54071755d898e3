/** What redeemers hear: their offers and the counter. */
export const redeemer = {
  // Redeemers: offers and the counter. The first words of an answer say what to do.
  'offer.summary': '{word}: add an offer',
  'offer.title':
    'What do you offer? Write a short title, like: A coffee. (NO discards it, BACK goes back.)',
  'offer.credits': 'For how many credits? Write a whole number.',
  'offer.per-day': 'How many a day at most? Write a whole number, or NO LIMIT.',
  'offer.usage': 'Write OFFER title; credits; per day - like OFFER A coffee; 10; 20',
  'offer.discarded': 'All right, no offer was added. Reply OFFER to begin again.',
  'offer.added':
    'Offer {offer} is open: {title} for {credits}, {limit, select, yes {{perDay, number} a day at most} other {without a daily limit}}. When you see a code, reply CONFIRM and the code.',
  'offer.close-ask':
    'Close offer {offer}, {title}, for good? Codes that people have now still work. Reply OK to close it, or NO.',
  'offer.close-kept': 'All right, offer {offer} stays. Reply PAUSE {offer} to stop it for a while.',
  'offer.closed': 'Offer {offer}, {title}, is closed. Reply OFFER to add another.',
  'pause.summary': '{word} 3: stop an offer for a while',
  'pause.list':
    '{lines}\nReply PAUSE and a number, like PAUSE {offer}. PAUSE {offer} OFF brings it back.',
  'pause.line': '{offer} {title}: {credits}{state, select, paused {, paused} other {}}',
  'pause.none': 'You have no offers yet. Reply OFFER to add one.',
  'pause.paused':
    'Offer {offer}, {title}, is paused. Codes that people have now still work. Reply PAUSE {offer} OFF to bring it back.',
  'pause.ended':
    'Offer {offer}, {title}, is open again. Reply PAUSE {offer} to stop it for a while.',
  'price.summary': '{word} 3 12: change the price of an offer',
  'price.usage': 'Reply PRICE, the number of your offer and the credits, like PRICE 3 12',
  'price.set':
    'Offer {offer}, {title}: {credits} now. Codes that people have keep their price. Reply PRICE {offer} and a number to change it.',
  'price.to-come':
    'Offer {offer}, {title}: {credits} until {from, date, short}, then {next}. A higher price needs 30 days. Reply PRICE {offer} and a number to change it.',
  'confirm.summary': '{word} and a code: give it or not',
  'confirm.usage': 'Reply CONFIRM and the code on their phone, like CONFIRM 7GK2-M4QX',
  'confirm.ask':
    'Check {code}? If it is good, it is used up and you give it. Reply OK to check, or NO.',
  'confirm.kept': 'All right, that code was not used. Reply CONFIRM and a code to check one.',
  'confirm.honored': 'GIVE IT: {title}, {credits}. {at}.',
  'confirm.honored-late':
    'GIVE IT: {title}, {credits}. Late: we got your message after the code ended. {at}.',
  'confirm.repeated': 'DO NOT GIVE IT again. Receipt: {title}, {credits}, first given {at}.',
  'confirm.no': 'DO NOT GIVE IT. {reason}',
  'confirm.told': 'Enjoy! {title} was handed over for {credits}. Thank you for what you do.',
  'confirm.told-late':
    '{title} was handed over for {credits}. We heard of it late, after your code ended.',
  'undo.summary': '{word}: take back what you confirmed last',
  'undo.ask':
    'Take back {title}, {credits}, confirmed {at}? The credits go back to the person. Reply OK to undo it, or NO.',
  'undo.kept': 'All right, nothing was undone. Reply CONFIRM and a code to check one.',
  'undo.undone':
    'Undone: {title}, {credits}. The person has the credits again. To use them they reply REDEEM for a new code.',
  'undo.told':
    '{title} was undone at the counter. You have your {credits} again. Reply OFFERS to see what you can get.',
  'today.summary': '{word}: what you gave today, in sum',
  'today.sum':
    'Given today: {count, number}, for {credits}.\n{lines}\nReply TODAY and your own count to compare, like TODAY 14.',
  'today.offer': '{count, number} x {title}: {credits}',
  'today.none': 'Nothing was given today. Reply CONFIRM and a code to check one.',
  'today.same': 'Yes, {count, number} today, for {credits}. Reply TODAY to see them by offer.',
  'today.differs':
    "We have {count, number} today, you have {said, number}. Ours:\n{lines}\nFor a code that isn't here, reply CONFIRM and the code.",
  'today.line': '{at, time, short} {title}, {credits}',
  'confirm.locked':
    "Someone at {redeemer} typed too many wrong codes and can't confirm any for a day. Please look into it.",
} as const;
