// Loaded before dependency-cruiser (`node --import`): it parses with the JavaScript API that
// TypeScript 7 no longer has, so the `typescript` it asks for is the 6 that is installed beside.
import { registerHooks } from 'node:module';

// Without it dependency-cruiser would find no files and complain of nothing.
import.meta.resolve('typescript6');

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^typescript(?=\/|$)/, 'typescript6'), context),
});
