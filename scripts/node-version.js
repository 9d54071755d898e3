// Loaded before anything else (`node --import`) and in JavaScript, because a Node that is too old
// cannot read TypeScript, and better-sqlite3 would end it with a segmentation fault and no word.

/** The first that knows `await using` and `AsyncDisposableStack`. */
const MAJOR_MIN = 24;
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < MAJOR_MIN) {
  process.stderr.write(
    `City/Sync needs Node ${MAJOR_MIN} or newer and this is ${process.version}. ` +
      'On 64-bit Linux `npm ci` brings one that `npm start` and `npm test` use by themselves; ' +
      'elsewhere please install a newer Node.\n',
  );
  process.exit(1);
}
