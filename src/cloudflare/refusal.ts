/** What a worker answers that cannot serve. */
import { ChannelError } from '../channels/channel.ts';
import { ConfigError } from '../config/config.ts';
import { createWorkerLog } from './log.ts';

/** A sentence for what people can set right, and nothing of what they cannot: the log has that. */
export function refusal(error: unknown): Response {
  const isForPeople = error instanceof ConfigError || error instanceof ChannelError;
  if (!isForPeople) {
    createWorkerLog('error').error({ err: error }, 'A request could not be served.');
  }
  const problem = isForPeople ? error.message : 'The city cannot be opened: its log says why.';
  return Response.json({ ok: false, problem }, { status: 503 });
}
