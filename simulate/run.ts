/** `npm run simulate` */
import { InputError } from '../bench/input-error.ts';
import { print } from '../bench/print.ts';
import { readArguments, USAGE } from './arguments.ts';
import { simulate } from './simulate.ts';

const asked = readArguments(process.argv.slice(2));
if (asked === 'help') print(USAGE);
else {
  const t = performance.now();
  const r = await simulate(asked, (h) =>
    print(JSON.stringify(h) + ' ' + Math.round(performance.now() - t)),
  );
  print(JSON.stringify({ ...r, hours: 0 }));
}
