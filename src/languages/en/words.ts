/**
 * What people write in English. A command's main word comes first: it is the one that people are
 * shown. Case, accents and punctuation do not matter when words are compared.
 */
export const words = {
  hello: ['HI', 'HELLO', 'HEY', 'GOOD MORNING', 'GOOD AFTERNOON', 'GOOD EVENING'],
  help: ['HELP', 'INFO'],
  stop: ['STOP'],
  start: ['START'],
  ok: ['OK', 'OKAY', 'SURE'],
  tasks: ['TASKS', 'OPEN TASKS'],
  task: ['TASK'],
  join: ['JOIN', 'I M IN', 'IM IN', 'I AM IN', 'COUNT ME IN', 'SIGN ME UP'],
  drop: ['DROP', 'LEAVE'],
  done: ['DONE'],
  balance: ['BALANCE', 'CREDITS', 'MY CREDITS', 'MY BALANCE'],
  history: ['HISTORY'],
  offers: ['OFFERS', 'REWARDS'],
  redeem: ['REDEEM'],
  codes: ['CODES', 'MY CODES', 'CODE', 'MY CODE'],
  release: ['RELEASE'],
  me: ['ME'],
  more: ['MORE'],
  link: ['LINK'],
  mydata: ['MY DATA', 'MY INFO', 'WHAT DO YOU KNOW ABOUT ME'],
  forget: ['FORGET ME', 'DELETE ME', 'ERASE ME', 'DELETE MY DATA', 'DELETE MY ACCOUNT'],
  unlink: ['UNLINK'],
  move: ['MOVE'],
  alerts: ['ALERTS', 'ALERT'],
  lang: ['LANG', 'LANGUAGE'],
  accept: ['ACCEPT'],
  as: ['AS'],
  announce: ['ANNOUNCE'],
  review: ['REVIEW'],
  approve: ['APPROVE'],
  reject: ['REJECT'],
  roster: ['ROSTER'],
  close: ['CLOSE'],
  offer: ['OFFER'],
  confirm: ['CONFIRM'],
  invite: ['INVITE'],
  uninvite: ['UNINVITE'],
  suspend: ['SUSPEND'],
  resume: ['RESUME'],
  cap: ['CAP'],
  halt: ['HALT'],
  replay: ['REPLAY'],
  adjust: ['ADJUST'],
  agree: ['AGREE'],
  alike: ['ALIKE'],
  same: ['SAME'],
  different: ['DIFFERENT'],
  allow: ['ALLOW'],
} as const;

/** Whole messages that stand for another. */
export const shorthands = {
  ENGLISH: 'LANG EN',
  'IN ENGLISH': 'LANG EN',
  SPANISH: 'LANG ES',
} as const;

/** Names of languages in English, by tag. */
export const languageNames = {
  en: ['ENGLISH', 'ENG'],
  es: ['SPANISH'],
} as const;

/** Whole answers to a question, or what follows a command. The first one is shown to people. */
export const answers = {
  yes: ['OK', 'OKAY', 'SURE', 'YES', 'Y'],
  no: ['NO', 'N', 'NOPE', 'NO THANKS'],
  back: ['BACK', 'GO BACK'],
  another: ['NEW', 'ANOTHER'],
  unlimited: ['ANY', 'ALL', 'NO LIMIT', 'UNLIMITED'],
  on: ['ON', 'YES', 'OK'],
  off: ['OFF', 'NO', 'STOP', 'END'],
  issuer: ['ISSUER', 'ORGANIZER'],
  redeemer: ['REDEEMER', 'BUSINESS'],
  letGo: ['DROP', 'LET GO'],
  because: ['BECAUSE', 'CAUSE'],
  admin: ['ADMIN'],
  owner: ['OWNER'],
  manager: ['MANAGER'],
  reviewer: ['REVIEWER'],
  counter: ['COUNTER', 'CASHIER'],
  green: ['GREEN'],
  yellow: ['YELLOW'],
  red: ['RED'],
  until: ['UNTIL'],
} as const;

/** What may follow a number, and what it then counts. */
export const amounts = {
  credits: ['credit', 'credits'],
  slots: [
    ...['slot', 'slots', 'people', 'person', 'persons', 'place', 'places'],
    ...['spots', 'volunteers'],
  ],
  perDay: ['per day', 'a day', '/day'],
} as const;
