// For every file of tests.
import fc from 'fast-check';

// On a slow machine a property tries fewer cases, and what it found by then is told: to look for a
// smaller case may take longer than a test may.
fc.configureGlobal({ interruptAfterTimeLimit: 300_000 });
