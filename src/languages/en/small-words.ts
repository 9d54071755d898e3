/** Words around commands in English: courtesy, what joins numbers, and words that mean more than one thing. */

/** Words that change nothing about a message, and words that join numbers. */
export const smallWords = {
  /** Before a command, also after a greeting or a yes: `hello, I'd like to join 2`. */
  before: [
    ...[
      'PLEASE',
      'PLS',
      'PLZ',
      'SO',
      'NOW',
      'ALSO',
      'AND',
      'BUT',
      'THEN',
      'WELL',
      'ACTUALLY',
      'SORRY',
    ],
    ...['THERE', 'BOT', 'TEAM', 'ALL', 'EVERYONE', 'FOLKS', 'GUYS', 'CITY SYNC', 'THANKS', 'YES'],
    ...[
      'I WANT TO',
      'I WANT',
      'I WANNA',
      'WANNA',
      'WANT TO',
      'I D LIKE TO',
      'ID LIKE TO',
      'I D LIKE',
    ],
    ...['I WOULD LIKE TO', 'I WOULD LIKE', 'I D LOVE TO', 'I WOULD LOVE TO', 'LIKE TO', 'I CAN'],
    ...[
      'I WILL',
      'I LL',
      'I NEED TO',
      'I NEED',
      'I HAVE TO',
      'I WISH TO',
      'I M GOING TO',
      'I HEREBY',
    ],
    ...['I AM GOING TO', 'I M HERE TO', 'LET ME', 'LET S', 'LET US', 'CAN I', 'COULD I', 'MAY I'],
    ...['CAN WE', 'CAN YOU', 'COULD YOU', 'WOULD YOU', 'WILL YOU', 'HOW DO I', 'HOW CAN I'],
    ...['WE WANT TO', 'WE D LIKE TO', 'WE WOULD LIKE TO', 'I JUST', 'JUST', 'GO AHEAD AND'],
    ...[
      'SHOW ME',
      'SHOW',
      'SEE',
      'CHECK',
      'LIST',
      'TELL ME ABOUT',
      'TELL ME',
      'GIVE ME',
      'SEND ME',
    ],
    ...['WHAT ARE', 'WHAT IS', 'WHAT S', 'WHAT', 'WHICH', 'WHERE ARE', 'THE', 'MY'],
  ],
  /** Before a thing that somebody would like to have: `can I get a coffee`. */
  wanting: [
    ...['I WANT', 'I D LIKE', 'I WOULD LIKE', 'ID LIKE', 'I D LOVE', 'CAN I GET', 'CAN I HAVE'],
    ...[
      'COULD I GET',
      'COULD I HAVE',
      'MAY I HAVE',
      'CAN WE GET',
      'GET ME',
      'GIVE ME',
      'I LL HAVE',
    ],
    ...['I LL TAKE', 'I LL GET', 'LET ME GET', 'LET ME HAVE', 'I WANT TO GET', 'I WANT TO HAVE'],
    ...['I WANT TO BUY', 'I D LIKE TO GET', 'I D LIKE TO HAVE', 'I WANNA GET', 'I NEED'],
  ],
  articles: ['A', 'AN', 'THE', 'SOME', 'ONE', 'MY', 'A CUP OF', 'THAT', 'THIS'],
  /** Between a command and its number: `join the number 2`. */
  between: [
    ...[
      'THE',
      'A TASK',
      'A SPOT',
      'A PLACE',
      'A CODE',
      'NUMBER',
      'NUMBERS',
      'NUM',
      'NO',
      'NR',
      'TASK',
      'TASKS',
      'OFFER',
      'OFFERS',
      'FOR',
    ],
    ...['EVIDENCE', 'PROOF', 'CODE', 'TO', 'IN', 'ON', 'WITH', 'OF', 'UP', 'FROM', 'IT', 'IS'],
    ...[
      'MY',
      'ME',
      'US',
      'PLEASE',
      'PLS',
      'ABOUT',
      'THIS TASK',
      'THAT TASK',
      'ITS',
      'PERSON',
      'MOVE',
      'PAIR',
    ],
    ...['CORRECTION', 'SPOT', 'PLACE', 'OUT', 'BACK', 'ONE OF', 'BOTH', 'SUBMISSION', 'OPTION'],
  ],
  /** After it, and around an answer: courtesy. */
  after: [
    ...[
      'PLEASE',
      'PLS',
      'PLZ',
      'THANKS',
      'THANK YOU',
      'THANKYOU',
      'THX',
      'TY',
      'MANY THANKS',
      'CHEERS',
    ],
    ...['THANKS A LOT', 'THANK YOU SO MUCH', 'THANK YOU VERY MUCH', 'SO MUCH', 'AGAIN', 'NOW'],
    ...[
      'SIR',
      'MAAM',
      'MA AM',
      'MA AM',
      'THEN',
      'BOTH',
      'IF POSSIBLE',
      'IF I MAY',
      'RIGHT NOW',
      'ARE THERE',
      'DO I HAVE',
    ],
    ...['DO YOU HAVE', 'ARE OPEN', 'AVAILABLE', 'HELLO', 'HI', 'FRIEND', 'BOT', 'BYE', 'TODAY'],
    ...['THIS WEEK', 'THIS WEEKEND', 'ANYMORE', 'INSTEAD', 'HAVE I GOT', 'NEAR ME', 'SORRY'],
  ],
  and: ['AND', 'AND ALSO', 'PLUS', 'AS WELL AS', 'THEN'],
  or: ['OR', 'OR MAYBE', 'TO', 'THROUGH', 'UNTIL'],
  /** Before the hour of a time, which is no number of a task: `join at 2`. */
  times: ['AT', 'AROUND', 'BY'],
  /** After a number that counts them, and names nothing: `count me in, 2 people`. */
  counted: [
    ...[
      'PEOPLE',
      'PERSONS',
      'OF US',
      'FRIENDS',
      'KIDS',
      'CHILDREN',
      'ADULTS',
      'VOLUNTEERS',
      'HOURS',
    ],
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

/** Places in a list, from 1; -1 for the last. */
export const ordinals = {
  ...{ FIRST: 1, SECOND: 2, THIRD: 3, FOURTH: 4, FIFTH: 5, LAST: -1 },
  ...{ '1ST': 1, '2ND': 2, '3RD': 3, '4TH': 4, '5TH': 5 },
} as const;

/** Words of commands that mean something else within a sentence. */
export const limited = {
  /** Commands where nothing follows but a number. */
  whole: ['ME'],
  /** Commands where nothing follows but small words, a number or a code. */
  alone: [
    ...['UNDO', 'TODAY', 'MORE', 'GET', 'RETURN', 'LEAVE', 'POINTS', 'INTERESTED', 'VOLUNTEER'],
    ...['I LL GO', 'ILL GO', 'I WILL GO', 'I LL COME', 'I M GOING', 'I AM GOING'],
    ...['TAKE PART', 'I M NOT GOING', 'I LL BE THERE', 'SIGN UP', 'I LL HELP'],
  ],
  /** Commands before a number or a code only. */
  numbered: [
    'HALT',
    'I ACCEPT',
    'I LL DO',
    'I LL TAKE',
    'I CAN DO',
    ...['DO', 'LET ME IN', 'LET ME IN ON', 'LET ME HELP WITH', 'PUT ME IN'],
    ...['I WANT IN', 'I WANT IN ON', 'GO TO', 'COME TO', 'I M COMING TO'],
    ...['I AM COMING TO', 'I CHOOSE', 'I PICK', 'PICK', 'CHOOSE', 'REGISTER ME'],
    ...['REGISTER', 'ENROLL ME', 'ENROLL', 'BOOK ME', 'RESERVE ME', 'RESERVE'],
    ...['SAVE ME', 'I M UP FOR', 'I M DOWN FOR', 'I CAN MAKE', 'WE CAN DO', 'WE LL DO'],
    ...['WE LL TAKE', 'I TAKE', 'HAPPY TO HELP', 'HAPPY TO DO', 'VERY INTERESTED'],
    ...['I CAN T DO', 'I CANT DO', 'CAN T DO', 'CANT DO', 'CAN T MAKE', 'CANT MAKE'],
    ...['WON T MAKE IT', 'I WON T MAKE IT', 'I WON T BE AT', 'I M NOT COMING'],
    ...['I AM NOT COMING', 'TAKE ME OUT OF', 'COMPLETED', 'I COMPLETED'],
    ...['WE COMPLETED', 'I DID', 'WE DID', 'CLAIM', 'CASH IN', 'USE', 'MORE ABOUT'],
    ...['MORE INFO ABOUT', 'MORE ON', 'INFO ABOUT', 'INFO ON', 'DETAILS'],
    ...['DETAILS ABOUT', 'WHO IS COMING', 'WHO S COMING', 'WHO SIGNED UP'],
    ...['WHO IS GOING', 'WHO S GOING'],
  ],
  /** Before a number or a word about a task only: `remove me from the task`. */
  aboutTask: ['REMOVE ME FROM', 'TAKE ME OFF'],
} as const;

/** What people call the parts of a task that can be changed. */
export const taskFields = {
  when: ['when', 'time', 'date', 'day', 'new time', 'new date', 'to', 'is now'],
  where: ['where', 'place', 'location', 'new place', 'meet at', 'meeting point'],
  slots: ['spots', 'slots', 'places', 'people', 'how many'],
  note: ['note', 'notes', 'info'],
};
