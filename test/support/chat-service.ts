// A chat service as Bluesky's is to a PDS: conversations of two and of more, requests, read marks, and a
// log that begins now for whoever has no cursor. It has a DID of its own in the local PLC directory.

import { registerService } from './plc-service.ts';
import type { XrpcCall, XrpcServer } from './xrpc-server.ts';
import { startXrpcServer, XrpcRefusal } from './xrpc-server.ts';

type Json = Readonly<Record<string, unknown>>;
type Message = {
  readonly id: string;
  readonly rev: string;
  readonly text: string;
  readonly facets?: unknown;
  readonly sender: string;
  readonly sentAt: string;
  isDeleted: boolean;
};
type Convo = {
  readonly id: string;
  readonly members: readonly string[];
  readonly isGroup: boolean;
  readonly messages: Message[];
  readonly accepted: Set<string>;
  /** How many of the messages each has read. */
  readonly read: Map<string, number>;
};
type Log = { readonly rev: string; readonly to: string; readonly entry: Json };

export type ChatService = XrpcServer & {
  readonly did: string;
  readonly follow: (pds: string) => void;
  /** Somebody says something, without the detour by a PDS. Answers the message's id. */
  readonly say: (from: string, to: string, text: string) => string;
  readonly sayInGroup: (from: string, members: readonly string[], text: string) => string;
  /** What two said to each other, in order. */
  readonly between: (one: string, other: string) => readonly Message[];
  readonly isRequest: (of: string, from: string) => boolean;
};

const LOG_PAGE = 50;
const GRAPHEMES_MAX = 1000;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export async function startChatService(plc: string): Promise<ChatService> {
  const convos = new Map<string, Convo>();
  const log: Log[] = [];
  let pds = '';
  let last = 0;
  const next = (): string => {
    last += 1;
    return `2222222${String(last).padStart(6, '0')}`;
  };

  const allows = async (did: string, sender: string): Promise<boolean> => {
    const query = new URLSearchParams({
      repo: did,
      collection: 'chat.bsky.actor.declaration',
      rkey: 'self',
    });
    const answer = await fetch(`${pds}/xrpc/com.atproto.repo.getRecord?${query}`);
    const { value } = answer.ok
      ? ((await answer.json()) as { value: { allowIncoming?: string } })
      : { value: {} };
    if (value.allowIncoming === 'all') return true;
    if (value.allowIncoming === 'none') return false;
    const follows = new URLSearchParams({ repo: did, collection: 'app.bsky.graph.follow' });
    const listed = await fetch(`${pds}/xrpc/com.atproto.repo.listRecords?${follows}`);
    const { records = [] } = (await listed.json()) as { records?: { value: Json }[] };
    return records.some((record) => record.value['subject'] === sender);
  };

  const tell = (convo: Convo, $type: string, more: Json = {}): string => {
    const rev = next();
    for (const to of convo.members) {
      log.push({
        rev,
        to,
        entry: { $type: `chat.bsky.convo.defs#${$type}`, rev, convoId: convo.id, ...more },
      });
    }
    return rev;
  };

  const open = (members: readonly string[], by: string, isGroup = false): Convo => {
    const all = [...new Set(members)].toSorted();
    const found = [...convos.values()].find(
      (convo) => convo.isGroup === isGroup && convo.members.join() === all.join(),
    );
    if (found !== undefined) return found;
    const convo: Convo = {
      id: next(),
      members: all,
      isGroup,
      messages: [],
      accepted: new Set([by]),
      read: new Map(),
    };
    convos.set(convo.id, convo);
    return convo;
  };

  const messageView = (message: Message): Json => ({
    $type: `chat.bsky.convo.defs#${message.isDeleted ? 'deletedMessageView' : 'messageView'}`,
    id: message.id,
    rev: message.rev,
    ...(message.isDeleted ? {} : { text: message.text }),
    ...(message.facets === undefined ? {} : { facets: message.facets }),
    sender: { did: message.sender },
    sentAt: message.sentAt,
  });

  const unreadOf = (convo: Convo, did: string): number =>
    convo.messages.slice(convo.read.get(did) ?? 0).filter(({ sender }) => sender !== did).length;

  const convoView = (convo: Convo, did: string): Json => ({
    id: convo.id,
    rev: next(),
    members: convo.members.map((member) => ({ did: member, handle: 'handle.invalid' })),
    muted: false,
    status: convo.accepted.has(did) ? 'accepted' : 'request',
    unreadCount: unreadOf(convo, did),
    kind: convo.isGroup
      ? {
          $type: 'chat.bsky.convo.defs#groupConvo',
          createdAt: new Date().toISOString(),
          lockStatus: 'unlocked',
          lockStatusModerationOverride: false,
          memberCount: convo.members.length,
          memberLimit: 50,
          name: 'A group',
        }
      : { $type: 'chat.bsky.convo.defs#directConvo' },
  });

  const add = (convo: Convo, sender: string, text: string, facets?: unknown): Message => {
    if (convo.messages.length === 0) tell(convo, 'logBeginConvo');
    if (!convo.accepted.has(sender)) convo.accepted.add(sender);
    const message: Message = {
      id: next(),
      rev: next(),
      text,
      ...(facets === undefined ? {} : { facets }),
      sender,
      sentAt: new Date().toISOString(),
      isDeleted: false,
    };
    convo.messages.push(message);
    tell(convo, 'logCreateMessage', { message: messageView(message) });
    return message;
  };

  const mine = ({ did, params, input }: XrpcCall): Convo => {
    const convo = convos.get(String(params['convoId'] ?? input['convoId']));
    if (convo === undefined || !convo.members.includes(did)) {
      throw new XrpcRefusal(400, 'InvalidConvo');
    }
    return convo;
  };

  const page = <T>(
    rows: readonly T[],
    { params }: XrpcCall,
  ): { rows: readonly T[]; cursor: Json } => {
    const from = Number(params['cursor'] ?? 0);
    const limit = Number(params['limit'] ?? 50);
    const isMore = rows.length > from + limit;
    return {
      rows: rows.slice(from, from + limit),
      cursor: isMore ? { cursor: String(from + limit) } : {},
    };
  };

  const listConvos = (call: XrpcCall, status: unknown = call.params['status']): Json => {
    const { did, params } = call;
    const all = [...convos.values()]
      .filter((convo) => convo.members.includes(did) && convo.messages.length > 0)
      .filter((convo) => params['readState'] !== 'unread' || unreadOf(convo, did) > 0)
      .filter(
        (convo) => status === undefined || (status === 'accepted') === convo.accepted.has(did),
      );
    const { rows, cursor } = page(all, call);
    return { convos: rows.map((convo) => convoView(convo, did)), ...cursor };
  };

  const server = await startXrpcServer({
    'chat.bsky.convo.getConvoForMembers': async ({ did, params }) => {
      const [other = ''] = (params['members'] as string[]).filter((member) => member !== did);
      const known = [...convos.values()].some(
        ({ isGroup, members, messages }) =>
          !isGroup &&
          members.includes(did) &&
          members.includes(other) &&
          messages.some(({ sender }) => sender === other),
      );
      if (!known && !(await allows(other, did))) {
        const why = 'recipient requires incoming messages to come from someone they follow';
        throw new XrpcRefusal(400, 'NotFollowedBySender', why);
      }
      return { convo: convoView(open([did, other], did), did) };
    },
    'chat.bsky.convo.getConvo': (call) => ({ convo: convoView(mine(call), call.did) }),
    'chat.bsky.convo.listConvos': (call) => listConvos(call),
    'chat.bsky.convo.getMessages': (call) => {
      const { rows, cursor } = page(mine(call).messages.toReversed(), call);
      return { messages: rows.map(messageView), ...cursor };
    },
    'chat.bsky.convo.sendMessage': (call) => {
      const { text = '', facets } = call.input['message'] as { text?: string; facets?: unknown };
      if ([...segmenter.segment(text)].length > GRAPHEMES_MAX) {
        throw new XrpcRefusal(400, 'InvalidRequest', 'text is too long');
      }
      const { $type: _, ...view } = messageView(add(mine(call), call.did, text, facets));
      return view;
    },
    'chat.bsky.convo.acceptConvo': (call) => {
      mine(call).accepted.add(call.did);
      return { rev: tell(mine(call), 'logAcceptConvo') };
    },
    'chat.bsky.convo.updateRead': (call) => {
      const convo = mine(call);
      convo.read.set(call.did, convo.messages.length);
      return { convo: convoView(convo, call.did) };
    },
    'chat.bsky.convo.getLog': ({ did, params }) => {
      const { cursor } = params;
      if (cursor === undefined) return { logs: [], cursor: next() };
      const rows = log.filter(({ to, rev }) => to === did && rev > String(cursor));
      const shown = rows.slice(0, LOG_PAGE);
      return { logs: shown.map(({ entry }) => entry), cursor: shown.at(-1)?.rev ?? cursor };
    },
  });
  const did = await registerService(plc, {
    id: 'bsky_chat',
    type: 'BskyChatService',
    endpoint: server.url,
  });
  return {
    ...server,
    did,
    follow: (url) => {
      pds = url;
    },
    say: (from, to, text) => add(open([from, to], from), from, text).id,
    sayInGroup: (from, members, text) => add(open([from, ...members], from, true), from, text).id,
    between: (one, other) => [...open([one, other], one).messages],
    isRequest: (of, from) => !open([of, from], from).accepted.has(of),
  };
}
