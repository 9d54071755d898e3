/** What people hear about what is kept of them. */
export const privacy = {
  'proof.summary': '{word}: a page that shows your hours',
  'proof.link':
    "Here's your proof: {url} Only people with this link see it. Reply PROOF PUBLIC to let anybody find it, PROOF OFF to end it.",
  'proof.public-link': "Here's your proof: {url} Anybody may find it. Reply PROOF OFF to end it.",
  'proof.public': 'Your proof is public now, at the link you have. Reply PROOF OFF to end it.',
  'proof.ended': 'Your proof is gone: its link shows nothing now. Reply PROOF for a new one.',
  'proof.none': 'You have no proof to end. Reply PROOF to get one.',
  'proof.no-page':
    'This city has no web pages, so it has no proof to show. Reply HISTORY to see your credits.',
  'refused.proof-there':
    'You have a proof already: use the link we sent. Reply PROOF NEW for another link, and the old one ends.',
  'mydata.summary': '{word}: what we keep about you',
  'mydata.link':
    'All we keep about you, for {minutes, number} minutes. The link works once, so open it yourself: {url}',
  'mydata.summed':
    'We keep: addresses {addresses, number}, agreements {agreements, number}, messages {messages, number}, unused photos {pictures, number}, credits {credits, number}. This city has no web page for the full list: ask {contact}.',
  'forget.first':
    "This deletes your account. You'd lose: credits {credits, number}, live codes {codes, number}, open tasks {tasks, number}, linked channels {addresses, number}. Delete it? Reply OK or NO.",
  'forget.second':
    "It can't be undone. What's on the public record stays there without you. Are you sure? Reply OK to delete everything now, NO to keep it.",
  'forget.copies':
    'What you delete stays in recovery copies of our host for up to {days, number} days, where nobody looks.',
  'forget.kept': "Nothing was deleted. Your account is as it was. Reply TASKS to see what's open.",
  'forget.done':
    'Deleted: messages {messages, number}, agreements {agreements, number}, unused photos {pictures, number}, addresses {addresses, number}. Lost: credits {credits, number}, codes {codes, number}, open tasks {tasks, number}. We no longer know you.',
  'forget.other-stays': 'The other person on this phone stays.',
  'refused.forget-last-admin':
    'You are the only admin of the city. Make somebody else an admin first: INVITE admin',
  'refused.forget-only-one':
    'You are the only one who acts for {name}. Ask the city to bring in somebody else first. Reply HELP to see whom to ask.',
} as const;
