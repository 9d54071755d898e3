/**
 * What no person wrote: reactions that a phone sends as a text, auto-replies, notes of carriers about
 * a delivery. Such a message answers nothing and causes nothing. Whoever writes something like it in
 * their own words stays heard: a reaction is nothing but a verb and a quotation, and the sentence
 * of a machine is known as a whole.
 */
import type { LanguagePack } from '../languages/language.ts';
import type { UnsaidWords } from '../languages/unsaid.ts';
import { sentencesOf } from '../lib/sentences.ts';
import { readOnce } from './texts-read.ts';

export type Unsaid = 'reaction' | 'auto-reply' | 'delivery-note';

/** An emoji, or what a phone calls it: HEART, THUMBS UP. */
const SIGN = '[^"]{1,60}?';
/** Nothing that anybody could read aloud. */
const EMOJI = '[^\\p{L}\\p{N}"]{1,40}';
/** A machine says what it is in its first lines, or signs with it in the last. */
const SENTENCES_MAX = 40;

const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`;

/** Built once: tells what kind of unsaid message a text is; null for what a person says. */
export function createUnsaid(
  languages: readonly Pick<LanguagePack, 'unsaid'>[],
): (text: string) => Unsaid | null {
  const all = languages.map(({ unsaid }) => unsaid);
  const reaction = reactionsIn(all);
  const reactor = reactorIn(all);
  const noNames = new Set(all.flatMap((words) => words.noNames));
  /** Only phones write who reacted before what was quoted, in quotation marks that few can type. */
  const isNamed = (text: string): boolean => {
    const visible = text
      .normalize('NFC')
      .replace(/\p{Cf}/gu, '')
      .replace(/\s+/gu, ' ')
      .trim();
    const [named = ''] = reactor.exec(visible) ?? [];
    if (named === '' || !QUOTED.test(visible)) return false;
    const isNoName = plainQuotes(named)
      .split(' ')
      .some((word) => noNames.has(word));
    return !isNoName && reaction.test(plainQuotes(visible.slice(named.length)));
  };
  const of = (name: 'marks' | 'autoReplies' | 'deliveryNotes'): string =>
    anyOf(all.flatMap((words) => words[name]));
  const before = anyOf(all.map((words) => words.before));
  const mark = new RegExp(`^${of('marks')}$`, 'u');
  const autoReply = new RegExp(`^(?:${before} )*${of('autoReplies')}$`, 'u');
  const onlyBefore = new RegExp(`^(?:${before}(?: |$))+$`, 'u');
  const deliveryNote = new RegExp(`^${of('deliveryNotes')}$`, 'u');
  return readOnce((text) => {
    if (reaction.test(plainQuotes(text)) || isNamed(text)) return 'reaction';
    const sentences = sentencesOf(text, SENTENCES_MAX);
    if (sentences.some((one) => mark.test(one))) return 'auto-reply';
    // 'Hi! Thanks for your message. I am driving' begins with what anybody says.
    const first = sentences.find((one) => !onlyBefore.test(one)) ?? '';
    if (autoReply.test(first)) return 'auto-reply';
    return deliveryNote.test(first) ? 'delivery-note' : null;
  });
}

function reactionsIn(all: readonly UnsaidWords[]): RegExp {
  const verbs = all
    .flatMap(({ reactions }) => reactions)
    .map((one) => one.replaceAll('{SIGN}', SIGN));
  const to = anyOf(all.map(({ reactionTo }) => reactionTo));
  const things = anyOf(all.map(({ things }) => things));
  return new RegExp(`^(?:${anyOf(verbs)}|${EMOJI} ${to}) (?:".*"[.]?|${things})$`, 'su');
}

/** Who reacted, at the beginning of a text: a name as it is written, or a phone number. */
function reactorIn(all: readonly UnsaidWords[]): RegExp {
  const name =
    '(?:\\p{Lu}[\\p{Ll}][\\p{L}\u2019\u0027-]*(?: \\p{Lu}[\\p{L}.\u2019\u0027-]*){0,2}|\\+?\\d{7,15})';
  return new RegExp(
    `^${anyOf(all.map(({ reactor }) => reactor.replaceAll('{NAME}', name)))} `,
    'u',
  );
}

const QUOTED = /[\u2018-\u201f«»‹›「」『』][.]?$/u;
const QUOTES = /["'\u2018-\u201f«»‹›「」『』]/gu;

/** Upper case without accents or signs that nobody sees, single blanks, one kind of quotation mark. */
const plainQuotes = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mark}\p{Cf}]/gu, '')
    .toUpperCase()
    .replace(QUOTES, '"')
    .replace(/\s+/gu, ' ')
    .trim();
