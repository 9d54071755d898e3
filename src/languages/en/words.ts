/**
 * What people write in English. A command's main word comes first: it is the one that people are
 * shown. Case, accents and punctuation do not matter when words are compared.
 */
export const words = {
  hello: ['HI', 'HELLO', 'HEY', 'GOOD MORNING', 'GOOD AFTERNOON', 'GOOD EVENING'],
  help: ['HELP', 'INFO'],
  stop: ['STOP', 'CANCEL', 'QUIT', 'END', 'UNSUBSCRIBE', 'REMOVE ME FROM', 'TAKE ME OFF'],
  start: ['START'],
  ok: ['OK', 'OKAY', 'SURE'],
  tasks: ['TASKS', 'OPEN TASKS', 'WHAT S OPEN', 'WHAT IS OPEN', 'WHAT TASKS'],
  task: ['TASK'],
  join: [
    ...['JOIN', 'I M IN', 'IM IN', 'I AM IN', 'COUNT ME IN', 'SIGN ME UP', 'SIGN UP', 'PUT ME DOWN'],
    ...['I M GOING', 'I AM GOING', 'I LL GO', 'ILL GO', 'I WILL GO', 'I LL COME', 'I LL BE THERE'],
    ...['I M INTERESTED', 'I AM INTERESTED', 'INTERESTED', 'PARTICIPATE', 'TAKE PART', 'VOLUNTEER'],
    ...['I CAN HELP', 'I WANT TO HELP', 'I D LIKE TO HELP', 'I WOULD LIKE TO HELP', 'I LL HELP'],
    ...['I LL DO', 'I LL TAKE', 'I CAN DO'],
  ],
  drop: [
    ...['DROP', 'LEAVE', 'CAN T GO', 'CANT GO', 'I CAN T GO', 'I CANT GO', 'CANNOT GO'],
    ...['I CANNOT GO', 'CAN T COME', 'CANT COME', 'I CAN T COME', 'I CANT COME', 'CAN T MAKE IT'],
    ...['CANT MAKE IT', 'I CAN T MAKE IT', 'I CANT MAKE IT', 'I CANNOT MAKE IT', 'DROP OUT'],
    ...['I M NOT GOING'],
  ],
  done: [
    ...['DONE', 'FINISHED', 'ALL DONE', 'I M DONE', 'IM DONE', 'I AM DONE', 'WE RE DONE'],
    ...['WE ARE DONE', 'I FINISHED', 'WE FINISHED', 'I M FINISHED', 'I VE FINISHED'],
    ...['I HAVE FINISHED'],
  ],
  balance: [
    ...['BALANCE', 'CREDITS', 'MY CREDITS', 'MY BALANCE', 'POINTS', 'MY POINTS'],
    ...['HOW MANY CREDITS', 'HOW MANY POINTS', 'HOW MUCH DO I HAVE'],
  ],
  history: ['HISTORY'],
  offers: ['OFFERS', 'REWARDS'],
  redeem: ['REDEEM', 'GET'],
  codes: ['CODES', 'MY CODES', 'CODE', 'MY CODE'],
  release: ['RELEASE', 'RETURN', 'GIVE BACK'],
  me: ['ME'],
  more: ['MORE'],
  link: ['LINK'],
  mydata: ['MY DATA', 'MY INFO', 'WHAT DO YOU KNOW ABOUT ME'],
  forget: ['FORGET ME', 'DELETE ME', 'ERASE ME', 'DELETE MY DATA', 'DELETE MY ACCOUNT'],
  unlink: ['UNLINK'],
  move: ['MOVE'],
  alerts: ['ALERTS', 'ALERT', 'NOTIFICATIONS'],
  lang: ['LANG', 'LANGUAGE'],
  accept: ['ACCEPT', 'I ACCEPT'],
  as: ['AS'],
  announce: ['ANNOUNCE'],
  review: ['REVIEW'],
  approve: ['APPROVE', 'APPROVED'],
  reject: ['REJECT'],
  roster: ['ROSTER', 'WHO S IN', 'WHO IS IN', 'WHO JOINED'],
  close: ['CLOSE'],
  offer: ['OFFER'],
  confirm: ['CONFIRM'],
  invite: ['INVITE'],
  uninvite: ['UNINVITE'],
  suspend: ['SUSPEND'],
  resume: ['RESUME'],
  cap: ['CAP'],
  mute: ['MUTE', 'HALT'],
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
  yes: [
    ...['OK', 'OKAY', 'OKEY', 'K', 'KK', 'SURE', 'SURE THING', 'YES', 'Y', 'YE', 'YEA', 'YEAH', 'YEP'],
    ...['YUP', 'YA', 'YAH', 'YASS', 'AYE', 'OK THEN', 'YES I DO', 'I DO', 'YES I AM', 'I AM SURE'],
    ...['I M SURE', 'I AGREE', 'AGREED', 'OF COURSE', 'ABSOLUTELY', 'DEFINITELY', 'TOTALLY'],
    ...['CERTAINLY', 'FOR SURE', 'ALRIGHT', 'ALL RIGHT', 'ALL GOOD', 'GO AHEAD', 'GO FOR IT', 'DO IT'],
    ...['DO THAT', 'LET S DO IT', 'LET S GO', 'SOUNDS GOOD', 'SOUNDS GREAT', 'LOOKS GOOD', 'FINE'],
    ...['THAT S FINE', 'FINE BY ME', 'GOOD', 'GREAT', 'PERFECT', 'COOL', 'CORRECT', 'RIGHT'],
    ...['THAT S RIGHT', 'THAT S CORRECT', 'EXACTLY', 'WHY NOT', 'NO PROBLEM', 'CONFIRMED', 'YOU BET'],
    ...['BY ALL MEANS', 'GLADLY', 'WITH PLEASURE', 'I ACCEPT', 'SEND IT', 'POST IT'],
  ],
  no: [
    ...['NO', 'N', 'NOPE', 'NO THANKS', 'NAH', 'NAW', 'NOT NOW', 'NOT YET', 'NOT TODAY'],
    ...['NOT REALLY', 'NO WAY', 'NEVER', 'NEVERMIND', 'NEVER MIND', 'DON T', 'DONT', 'DO NOT'],
    ...['NO I DON T', 'I DON T', 'I DO NOT', 'I DON T WANT TO', 'I DON T WANT THAT', 'I D RATHER NOT'],
    ...['RATHER NOT', 'BETTER NOT', 'FORGET IT', 'I CHANGED MY MIND', 'SKIP IT', 'LEAVE IT'],
    ...['I DON T AGREE', 'I DO NOT AGREE', 'DON T DO IT', 'DON T SEND IT', 'NO DON T'],
    ...['HELL NO', 'OF COURSE NOT', 'DEFINITELY NOT', 'ABSOLUTELY NOT', 'NO SIR'],
  ],
  /** Agrees to messages: nothing else does, whatever it means among friends (channels.md). */
  consent: ['OK', 'OKAY', 'YES', 'START'],
  back: ['BACK', 'GO BACK', 'PREVIOUS'],
  another: ['NEW', 'ANOTHER'],
  unlimited: ['NO LIMIT', 'ANY', 'ALL', 'UNLIMITED', 'NO LIMITS', 'AS MANY AS THEY LIKE'],
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

/** Words that change nothing about a message, and words that join numbers. */
export const smallWords = {
  /** Before a command, also after a greeting or a yes: `hello, I'd like to join 2`. */
  before: [
    ...['PLEASE', 'PLS', 'PLZ', 'SO', 'NOW', 'ALSO', 'AND', 'THEN', 'WELL', 'ACTUALLY', 'SORRY'],
    ...['THERE', 'BOT', 'TEAM', 'ALL', 'EVERYONE', 'FOLKS', 'GUYS', 'CITY SYNC', 'THANKS', 'YES'],
    ...['I WANT TO', 'I WANT', 'I WANNA', 'WANNA', 'WANT TO', 'I D LIKE TO', 'ID LIKE TO', 'I D LIKE'],
    ...['I WOULD LIKE TO', 'I WOULD LIKE', 'I D LOVE TO', 'I WOULD LOVE TO', 'LIKE TO', 'I CAN'],
    ...['I WILL', 'I LL', 'I NEED TO', 'I NEED', 'I HAVE TO', 'I WISH TO', 'I M GOING TO', 'I HEREBY'],
    ...['I AM GOING TO', 'I M HERE TO', 'LET ME', 'LET S', 'LET US', 'CAN I', 'COULD I', 'MAY I'],
    ...['CAN WE', 'CAN YOU', 'COULD YOU', 'WOULD YOU', 'WILL YOU', 'HOW DO I', 'HOW CAN I'],
    ...['WE WANT TO', 'WE D LIKE TO', 'WE WOULD LIKE TO', 'I JUST', 'JUST', 'GO AHEAD AND'],
    ...['SHOW ME', 'SHOW', 'SEE', 'CHECK', 'LIST', 'TELL ME ABOUT', 'TELL ME', 'GIVE ME', 'SEND ME'],
    ...['WHAT ARE', 'WHAT IS', 'WHAT S', 'WHAT', 'WHICH', 'WHERE ARE', 'THE', 'MY'],
  ],
  /** Between a command and its number: `join the number 2`. */
  between: [
    ...['THE', 'A TASK', 'A CODE', 'NUMBER', 'NUMBERS', 'NUM', 'NO', 'NR', 'TASK', 'TASKS', 'OFFER', 'OFFERS', 'FOR'],
    ...['EVIDENCE', 'PROOF', 'CODE', 'TO', 'IN', 'ON', 'WITH', 'OF', 'UP', 'FROM', 'IT', 'IS'],
    ...['MY', 'ME', 'US', 'PLEASE', 'PLS', 'ABOUT', 'THIS', 'THAT', 'ITS', 'PERSON', 'MOVE', 'PAIR'],
    ...['CORRECTION', 'SPOT', 'PLACE', 'OUT', 'BACK', 'ONE OF', 'BOTH', 'SUBMISSION', 'OPTION'],
  ],
  /** After it, and around an answer: courtesy. */
  after: [
    ...['PLEASE', 'PLS', 'PLZ', 'THANKS', 'THANK YOU', 'THANKYOU', 'THX', 'TY', 'MANY THANKS', 'CHEERS'],
    ...['THANKS A LOT', 'THANK YOU SO MUCH', 'THANK YOU VERY MUCH', 'SO MUCH', 'AGAIN', 'NOW'],
    ...['SIR', 'MAAM', 'THEN', 'BOTH', 'IF POSSIBLE', 'IF I MAY', 'RIGHT NOW', 'ARE THERE', 'DO I HAVE'],
    ...['DO YOU HAVE', 'ARE OPEN', 'AVAILABLE', 'HELLO', 'HI', 'FRIEND', 'BOT', 'BYE', 'TODAY'],
    ...['THIS WEEK', 'THIS WEEKEND', 'NEAR ME', 'SORRY'],
  ],
  and: ['AND', 'AND ALSO', 'PLUS', 'AS WELL AS', 'THEN'],
  or: ['OR', 'OR MAYBE', 'TO', 'THROUGH', 'UNTIL'],
  /** Before the hour of a time, which is no number of a task: `join at 2`. */
  times: ['AT', 'AROUND', 'BY'],
  /** After a number that counts them, and names nothing: `count me in, 2 people`. */
  counted: [
    ...['PEOPLE', 'PERSONS', 'OF US', 'FRIENDS', 'KIDS', 'CHILDREN', 'ADULTS', 'VOLUNTEERS', 'HOURS'],
    ...['HOUR', 'HRS', 'MINUTES', 'MINS', 'MIN', 'DAYS', 'WEEKS', 'MONTHS', 'YEARS', 'TIMES', 'AM'],
    ...['PM', 'O CLOCK', 'CREDITS', 'POINTS', 'PHOTOS', 'PICTURES', 'SPOTS', 'DOLLARS'],
  ],
  /** Tells that an ending is one of a task: `cancel my spot`. */
  ofTask: ['TASK', 'TASKS', 'SPOT', 'PLACE', 'SIGNUP', 'REGISTRATION', 'PARTICIPATION'],
} as const;

/** Numbers in words, of tasks and other things that have one. */
export const numerals = {
  ...{ ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5, SIX: 6, SEVEN: 7, EIGHT: 8, NINE: 9, TEN: 10 },
  ...{ ELEVEN: 11, TWELVE: 12, THIRTEEN: 13, FOURTEEN: 14, FIFTEEN: 15, SIXTEEN: 16 },
  ...{ SEVENTEEN: 17, EIGHTEEN: 18, NINETEEN: 19, TWENTY: 20 },
} as const;

/** Words of commands that mean something else within a sentence. */
export const limited = {
  /** Commands where nothing follows but a number. */
  whole: ['ME'],
  /** Commands where nothing follows but small words, a number or a code. */
  alone: [
    ...['MORE', 'GET', 'RETURN', 'LEAVE', 'POINTS', 'INTERESTED', 'VOLUNTEER'],
    ...['I LL GO', 'ILL GO', 'I WILL GO', 'I LL COME', 'I M GOING', 'I AM GOING'],
    ...['TAKE PART', 'I M NOT GOING', 'I LL BE THERE', 'SIGN UP', 'I LL HELP'],
  ],
  /** Commands before a number or a code only. */
  numbered: ['HALT', 'I ACCEPT', 'I LL DO', 'I LL TAKE', 'I CAN DO'],
  /** Before a number or a word about a task only: `remove me from the task`. */
  aboutTask: ['REMOVE ME FROM', 'TAKE ME OFF'],
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
