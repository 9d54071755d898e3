// A small Bot API server on a free port: it keeps chats, enforces Telegram's documented limits, and
// answers as Telegram does when they are broken. What arrived in each chat can be looked at.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ChatMember, InlineKeyboardMarkup, Message, Update } from 'grammy/types';
import { startServer } from './local-server.ts';
import { bad, brokenLimit, type Fields, type Refusal } from './telegram-limits.ts';

export const TOKEN = '7000000001:AAE-test-token_of_nobody';
const BOT = {
  id: 7000000001,
  is_bot: true,
  first_name: 'City/Sync',
  username: 'CityTestBot',
};

/** A message that the bot sent, as its reader's app shows it. */
export type Shown = {
  readonly id: number;
  text: string;
  readonly photos: readonly Uint8Array[];
  buttons: readonly { readonly text: string; readonly data?: string; readonly url?: string }[];
  readonly replyTo: number | undefined;
  readonly thread: number | undefined;
};

type Call = { readonly method: string; readonly fields: Fields; readonly at: number };

type Chat = {
  readonly type: 'private' | 'supergroup' | 'channel';
  readonly username?: string;
  readonly shown: Shown[];
  /** Whether the bot may write here, and why not. */
  refuses?: Refusal;
};

type Answer = Refusal | { readonly result: unknown } | 'hang' | 'break';

const GET_UPDATES_MAX = 100;

export async function startTelegram(options: { readonly botId?: number } = {}) {
  const bot = { ...BOT, ...(options.botId === undefined ? {} : { id: options.botId }) };
  const chats = new Map<string, Chat>();
  const calls: Call[] = [];
  const files = new Map<string, Uint8Array | Refusal>();
  /** Addresses of files that still live. */
  const addresses = new Map<string, string>();
  const faults: { readonly method: string; readonly answer: Answer }[] = [];
  const menus = new Map<string, unknown>();
  const waitingFor: { readonly pressed: Set<string> } = { pressed: new Set() };
  let administrators: readonly ChatMember[] = [];
  let webhook: { readonly url: string; readonly secret: string | undefined } | undefined;
  let webhookTrouble: object = {};
  let updates: Update[] = [];
  let wake = (): void => {};
  let terminate: (() => void) | undefined;
  let lastMessage = 1000;
  let lastAddress = 0;

  const chat = (id: number | string): Chat | undefined =>
    chats.get(String(id)) ??
    [...chats.values()].find(({ username }) => username !== undefined && `@${username}` === id);
  const idOf = (wanted: Chat): number => Number([...chats].find(([, one]) => one === wanted)?.[0]);

  const messageFrom = (target: Chat, id: number, text: string): Partial<Message> => ({
    message_id: id,
    date: 1,
    chat: { id: idOf(target), type: target.type, first_name: '' } as Message['chat'],
    text,
  });

  const put = (fields: Fields, photos: readonly Uint8Array[], text: string): Answer => {
    const target = chat(fields['chat_id'] as string);
    if (target === undefined) return bad('chat not found');
    if (target.refuses !== undefined) return target.refuses;
    const reply = fields['reply_parameters'] as { message_id: number } | undefined;
    lastMessage += 1;
    const markup = fields['reply_markup'] as InlineKeyboardMarkup | undefined;
    target.shown.push({
      id: lastMessage,
      text,
      photos,
      buttons: buttonsOf(markup),
      replyTo: reply?.message_id,
      thread: fields['message_thread_id'] as number | undefined,
    });
    return { result: messageFrom(target, lastMessage, text) };
  };

  const edit = (fields: Fields, text: unknown, isCaption: boolean): Answer => {
    const target = chat(fields['chat_id'] as string);
    if (target === undefined) return bad('chat not found');
    if (target.refuses !== undefined) return target.refuses;
    const shown = target.shown.find((one) => one.id === fields['message_id']);
    if (shown === undefined) return bad('message to edit not found');
    if (shown.photos.length > 0 !== isCaption) {
      return bad(`there is no ${isCaption ? 'caption' : 'text'} in the message to edit`);
    }
    const buttons = buttonsOf(fields['reply_markup'] as InlineKeyboardMarkup | undefined);
    if (shown.text === text && JSON.stringify(shown.buttons) === JSON.stringify(buttons)) {
      return bad(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    shown.text = String(text);
    shown.buttons = buttons;
    return { result: messageFrom(target, shown.id, shown.text) };
  };

  const METHODS: Readonly<Record<string, (fields: Fields) => Answer | Promise<Answer>>> = {
    getMe: () => ({ result: bot }),
    setWebhook: ({ url, secret_token: secret }) => {
      webhook = { url: String(url), secret: secret as string | undefined };
      return { result: true };
    },
    getWebhookInfo: () => ({
      result: { url: webhook?.url ?? '', pending_update_count: 0, ...webhookTrouble },
    }),
    deleteWebhook: () => {
      webhook = undefined;
      return { result: true };
    },
    setMyCommands: ({ commands, scope, language_code: language = '' }) => {
      menus.set(`${JSON.stringify(scope)} ${language}`, commands);
      return { result: true };
    },
    deleteMyCommands: ({ scope, language_code: language = '' }) => {
      menus.delete(`${JSON.stringify(scope)} ${language}`);
      return { result: true };
    },
    getUpdates: async ({ offset, limit = GET_UPDATES_MAX, timeout = 0 }) => {
      if (webhook !== undefined) {
        return {
          code: 409,
          description:
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        };
      }
      terminate?.();
      if (offset !== undefined) {
        // Telegram forgets what is before it in its own order: ids may begin anew.
        const at = updates.findIndex((update) => update.update_id === Number(offset) - 1);
        updates = updates.slice(at + 1);
      }
      if (updates.length === 0 && Number(timeout) > 0) {
        const ended = await new Promise<'news' | 'other'>((resolve) => {
          wake = () => resolve('news');
          terminate = () => resolve('other');
        });
        terminate = undefined;
        if (ended === 'other') {
          return {
            code: 409,
            description:
              'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          };
        }
      }
      return { result: updates.slice(0, Number(limit)) };
    },
    sendMessage: (fields) => put(fields, [], String(fields['text'])),
    sendPhoto: (fields) =>
      put(fields, [fields['photo'] as Uint8Array], String(fields['caption'] ?? '')),
    sendDocument: (fields) =>
      put(fields, [fields['document'] as Uint8Array], String(fields['caption'] ?? '')),
    sendMediaGroup: (fields) => {
      const media = fields['media'] as readonly { readonly photo: Uint8Array }[];
      const all = put(
        fields,
        media.map(({ photo }) => photo),
        '',
      );
      return typeof all === 'object' && 'result' in all ? { result: [all.result] } : all;
    },
    editMessageText: (fields) => edit(fields, fields['text'], false),
    editMessageCaption: (fields) => edit(fields, fields['caption'], true),
    answerCallbackQuery: ({ callback_query_id: id }) => {
      if (!waitingFor.pressed.delete(String(id))) {
        return bad('query is too old and response timeout expired or query ID is invalid');
      }
      return { result: true };
    },
    sendChatAction: ({ chat_id: id }) =>
      chat(id as string) === undefined ? bad('chat not found') : { result: true },
    getChatAdministrators: () => ({ result: administrators }),
    getFile: ({ file_id: id }) => {
      const file = files.get(String(id));
      if (file === undefined) return bad('wrong file_id or the file is temporarily unavailable');
      if (!(file instanceof Uint8Array)) return file;
      lastAddress += 1;
      const path = `photos/file_${lastAddress}.jpg`;
      addresses.set(path, String(id));
      return {
        result: { file_id: id, file_unique_id: `u${id}`, file_size: file.length, file_path: path },
      };
    },
  };

  const carryOut = async (method: string, fields: Fields): Promise<Answer> => {
    calls.push({ method, fields, at: Date.now() });
    const at = faults.findIndex((fault) => fault.method === method);
    if (at !== -1) return faults.splice(at, 1)[0]?.answer as Answer;
    const broken = brokenLimit(method, fields);
    if (broken !== undefined) return broken;
    return (
      (await METHODS[method]?.(fields)) ?? { code: 404, description: 'Not Found: method not found' }
    );
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const file = new RegExp(`^/file/bot${TOKEN}/(.+)$`).exec(path)?.[1];
    if (file !== undefined) {
      const bytes = files.get(addresses.get(file) ?? '');
      if (bytes instanceof Uint8Array) response.writeHead(200).end(bytes);
      else response.writeHead(404).end();
      return;
    }
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    const fields = await fieldsOf(request);
    const answer: Answer =
      token === TOKEN ? await carryOut(method, fields) : { code: 401, description: 'Unauthorized' };
    if (answer === 'hang') return;
    if (answer === 'break') {
      response.destroy();
      return;
    }
    const status = 'result' in answer ? 200 : answer.code;
    const body =
      'result' in answer
        ? { ok: true, result: answer.result }
        : {
            ok: false,
            error_code: answer.code,
            description: answer.description,
            parameters: answer.parameters,
          };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const { url, close } = await startServer(serve);

  return {
    url,
    bot,
    calls,
    menus,
    /** What was pressed and not answered yet. */
    pressed: waitingFor.pressed,
    webhook: () => webhook,
    /** What Telegram says of its deliveries. */
    trouble: (trouble: object) => {
      webhookTrouble = trouble;
    },
    /** Updates that Telegram was not told to forget. */
    unconfirmed: () => updates,
    addChat: (id: number, facts: Omit<Chat, 'shown'> = { type: 'private' }) => {
      chats.set(String(id), { ...facts, shown: [] });
    },
    /** Whether the bot may write there from now on. */
    refuse: (id: number, refuses: Refusal | undefined) => {
      const known = chats.get(String(id));
      if (known === undefined) throw new Error(`There is no chat ${id}.`);
      if (refuses === undefined) delete known.refuses;
      else known.refuses = refuses;
    },
    shown: (id: number): readonly Shown[] => chats.get(String(id))?.shown ?? [],
    addFile: (id: string, file: Uint8Array | Refusal) => {
      files.set(id, file);
    },
    /** Addresses given so far lead nowhere any more. */
    expireAddresses: () => addresses.clear(),
    administratedBy: (members: readonly ChatMember[]) => {
      administrators = members;
    },
    /** The next call of this method is answered so, whatever it is. */
    fault: (method: string, answer: Answer) => {
      faults.push({ method, answer });
    },
    /** Something happened; whoever asks for updates is told. */
    happen: (...some: readonly Update[]) => {
      updates.push(...some);
      for (const { callback_query: query } of some) if (query) waitingFor.pressed.add(query.id);
      wake();
    },
    close,
  };
}

export type TelegramServer = Awaited<ReturnType<typeof startTelegram>>;

const buttonsOf = (markup: InlineKeyboardMarkup | undefined): Shown['buttons'] =>
  (markup?.inline_keyboard ?? []).flat().map((button) => ({
    text: button.text,
    ...('callback_data' in button ? { data: button.callback_data } : {}),
    ...('url' in button ? { url: button.url } : {}),
  }));

/** JSON, or multipart with its files in place of their names. */
async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const body = new Uint8Array(await buffer(request));
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    return body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(body)) as Fields);
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const parts = new Map<string, Uint8Array>();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = readField(value);
    else parts.set(name, new Uint8Array(await value.arrayBuffer()));
  }
  const attached = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('attach://')
      ? parts.get(value.slice('attach://'.length))
      : value;
  const media = fields['media'] as readonly { readonly media: unknown }[] | undefined;
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attached(value)])),
    ...Object.fromEntries(parts),
    ...(media === undefined
      ? {}
      : { media: media.map((item) => ({ ...item, photo: attached(item.media) })) }),
  };
}

/** Whatever is no text travels as JSON. */
function readField(value: string): unknown {
  if (!/^[[{]/.test(value) && !/^-?\d+$/.test(value) && !/^(?:true|false)$/.test(value))
    return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
