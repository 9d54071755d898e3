// Stands in for the process that opens pictures: what it is given says what it does.
import { refuse } from '../../src/lib/result.ts';

process.on('message', (bytes: Uint8Array) => {
  const order = new TextDecoder().decode(bytes);
  if (order === 'die') process.exit(1);
  // Whoever reads it knows by the code which process it was.
  process.send?.({ result: refuse(`process-${process.pid}`), isWornOut: order === 'last' });
});
process.on('disconnect', () => process.exit());
