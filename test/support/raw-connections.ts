// Connections of people who do not keep to HTTP: what they send, and how it ended for them.
import { connect, type Socket } from 'node:net';

export type RawConnection = {
  readonly socket: Socket;
  /** What has come back so far. */
  readonly heard: () => string;
  /** Resolves once the other end has closed it or cut it, with all that came back. */
  readonly ended: Promise<string>;
};

/** Connects to a port of this machine and says `words` at once. */
export function connectTo(port: number, words: string, host = '127.0.0.1'): RawConnection {
  const socket = connect(port, host);
  let heard = '';
  socket.on('data', (data) => {
    heard += String(data);
  });
  const ended = new Promise<string>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
  socket.write(words);
  return { socket, heard: () => heard, ended };
}

/** Says one more word again and again for as long as the other end listens. */
export function drip({ socket }: RawConnection, word: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(word), everyMs);
  socket.on('close', () => clearInterval(timer));
}
