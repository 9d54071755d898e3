/** Ends a role, or takes an invitation back. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { plainLetters } from '../../src/lib/letters.ts';
import { foldWords } from '../../src/lib/text.ts';
import {
  findInvite,
  type Revocable,
  type Revoked,
  revoke,
  seeRevocable,
} from '../../src/services/partners/revoke.ts';
import { adminsOf, personsActingFor } from '../../src/services/roles.ts';

/** So many with their facts fit into three segments of an SMS. */
const LISTED_MAX = 5;
const NUMBERED = /^([di])\s?(\d{1,9})$/i;
const PARTICIPANT = /^(p-[0-9a-z]{12})\s*(.*)$/is;
const INVITATION = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i;

const nameOf = (talk: Pick<Talk, 'context'>, { partner }: Revocable): string =>
  partner?.name ?? talk.context.city.name;

/** What the words name: exactly one where nothing else can be meant, else all that it may be. */
function find(
  talk: Talk,
  args: string,
): { readonly exact?: Revocable; readonly all: readonly Revocable[] } {
  const { context, person } = talk;
  const all = seeRevocable(context, person.id);
  if (args === '') return { all };
  const [, letter, number] = NUMBERED.exec(plainLetters(args)) ?? [];
  if (letter !== undefined) {
    const kind = letter.toLowerCase() === 'd' ? 'delegation' : 'invite';
    const exact = all.find((one) => one.kind === kind && one.id === Number(number));
    return exact === undefined ? { all: [] } : { exact, all: [exact] };
  }
  const invited = INVITATION.test(args) ? findInvite(context, person.id, args) : undefined;
  if (invited !== undefined) return { exact: invited, all: [invited] };
  const [, participantId, rest = args] = PARTICIPANT.exec(args) ?? [];
  const isOf = (one: Revocable): boolean =>
    foldWords(nameOf(talk, one)).includes(foldWords(rest)) ||
    (one.partner === null && talk.read.is('admin', rest));
  const named = all.filter(
    (one) =>
      (participantId === undefined || one.participantId === participantId.toLowerCase()) &&
      isOf(one),
  );
  const [only, ...others] = named;
  const isExact = participantId !== undefined && only !== undefined && others.length === 0;
  return isExact ? { exact: only, all: named } : { all: named };
}

/** Lists what could be ended, for choosing by a number. */
function list(talk: Talk, all: readonly Revocable[]): Reply {
  if (all.length === 0) return replyWith(talk.say('uninvite.none'));
  const listed = all.slice(0, LISTED_MAX).map((one) => {
    const { kind, id, participantId = '', at } = one;
    const facts = { role: talk.word(one.role), name: nameOf(talk, one), participantId, at };
    const said = talk.say(kind === 'invite' ? 'uninvite.invite' : 'uninvite.person', facts);
    const which = `${kind === 'invite' ? 'I' : 'D'}${id}`;
    return { line: `${which} ${said}`, label: said, send: `${talk.word('uninvite')} ${which}` };
  });
  const rest = all.length - listed.length;
  const more = rest > 0 ? [talk.say('uninvite.more', { count: rest })] : [];
  const like = listed[0]?.send ?? '';
  const lines = listed.map(({ line }) => line);
  return replyWith(
    [talk.say('uninvite.which', { like }), ...lines, ...more].join('\n'),
    listed.map(({ label, send }) => ({ label, send })),
  );
}

/** Tells the person who lost the role, and those who act there beside them. */
function tell(talk: Talk, { personId, partner, participantId = '' }: Revoked, name: string): void {
  const { context, person } = talk;
  if (personId === undefined) return;
  const { contact } = context.city;
  if (personId !== person.id) {
    const build = (voice: Voice) => replyWith(voice.say('uninvite.told', { name, contact }));
    talk.tell({ personId, when: 'at-once', build });
  }
  const others = partner === null ? adminsOf(context) : personsActingFor(context, partner.id);
  for (const other of new Set(others)) {
    if (other === person.id || other === personId) continue;
    const build = (voice: Voice) =>
      replyWith(voice.say('uninvite.told-others', { participantId, name }));
    talk.tell({ personId: other, when: 'contact-hours', build });
  }
}

export const uninvite: Command = {
  name: 'uninvite',
  who: 'admin',
  right: 'invites',
  exact: true,
  movesAuthority: true,
  summary: 'uninvite.summary',
  explain: (talk, args) => {
    const { exact, all } = find(talk, args);
    return exact === undefined ? list(talk, all) : undefined;
  },
  run: (talk, args) => {
    const { exact, all } = find(talk, args);
    if (exact === undefined) return list(talk, all);
    const result = revoke(talk.context, talk.person.id, exact);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const name = nameOf(talk, exact);
    tell(talk, result.value, name);
    const { participantId } = result.value;
    return replyWith(
      participantId === undefined
        ? talk.say('uninvite.ended-invite', { name })
        : talk.say('uninvite.ended-person', { name, participantId }),
    );
  },
};
