// Loaded before anything else (`node --import`) and in JavaScript, because a Node that is too old
// cannot read TypeScript, and better-sqlite3 would end it with a segmentation fault and no word.

const MIN = { major: 22, minor: 18 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < MIN.major || (major === MIN.major && minor < MIN.minor)) {
  process.stderr.write(
    `City/Sync needs Node ${MIN.major}.${MIN.minor} or newer and this is ${process.version}. ` +
      'On 64-bit Linux `npm ci` brings one that `npm start` and `npm test` use by themselves; ' +
      'elsewhere please install a newer Node.\n',
  );
  process.exit(1);
}
