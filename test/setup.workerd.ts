// For every file of tests inside workerd.
import { aroundAll, aroundEach } from 'vitest';
import { runInObject } from './support/object-of-test.ts';

// What a file opens once for all of its tests is opened in the object, too.
aroundAll((runSuite) => runInObject(runSuite));
aroundEach((runTest) => runInObject(runTest));
