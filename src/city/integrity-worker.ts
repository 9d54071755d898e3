// The thread of `startIntegrityCheck`: it gets a path, and answers what is wrong there.
import { parentPort, workerData } from 'node:worker_threads';
import { integrityCheck } from './integrity.ts';

parentPort?.postMessage(integrityCheck(String(workerData)));
