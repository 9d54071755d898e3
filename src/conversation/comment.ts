/**
 * What people say below a task without a command: a question for its organizer, regret that they
 * cannot come, or talk among themselves, which is left to them.
 */
import type { LanguagePack } from '../languages/language.ts';
import { sentencesOf } from '../lib/sentences.ts';
import { foldWords } from '../lib/text.ts';

export type Comment = 'question' | 'regret' | 'talk';

type Languages = readonly Pick<LanguagePack, 'comments'>[];

const CLAUSES_MAX = 20;
/** Nobody needs more words to say that they cannot come, or thanks. */
const CLAUSE_LENGTH_MAX = 200;
const ASKS = /\p{L}[^?؟？]*[?؟？]|¿.*\p{L}/su;

const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`;

/** Built once: tells what a comment is. Regret counts before a question that comes with it. */
export function createReadComment(languages: Languages): (text: string) => Comment {
  const all = languages.map(({ comments }) => comments);
  const courtesy = anyOf(all.flatMap(({ courtesies }) => courtesies));
  const regrets = anyOf(all.flatMap(({ regrets }) => regrets));
  const regret = new RegExp(
    `^(?:.* (?:SO|BUT|AND|ASI QUE|PERO|Y) )?(?:(?:${courtesy}|I M SORRY|SORRY|BUT|PERO) )*${regrets}$`,
    'u',
  );
  const question = new RegExp(`^${anyOf(all.flatMap(({ questions }) => questions))}(?: |$)`, 'u');
  return (text) => {
    const clauses = sentencesOf(text.replaceAll(',', '.'), CLAUSES_MAX).filter(
      (clause) => clause.length <= CLAUSE_LENGTH_MAX,
    );
    if (clauses.some((clause) => regret.test(clause))) return 'regret';
    const asks = ASKS.test(text) || clauses.some((clause) => question.test(clause));
    return asks ? 'question' : 'talk';
  };
}

/** Built once: does a text say thanks, and nothing beside it but yes or goodbye? */
export function createIsThanks(languages: Languages): (text: string) => boolean {
  const isCourtesy = createIsCourtesy(languages);
  const thanks = new RegExp(
    `(?:^| )${anyOf(languages.map(({ comments }) => comments.thanks))}(?: |$)`,
    'u',
  );
  return (text) => isCourtesy(text) && thanks.test(foldWords(text));
}

/** Built once: does a text say nothing but thanks, yes or goodbye, or nothing at all? */
export function createIsCourtesy(languages: Languages): (text: string) => boolean {
  const courtesy = anyOf(languages.flatMap(({ comments }) => comments.courtesies));
  const only = new RegExp(`^(?:${courtesy}(?: |$))*$`, 'u');
  return (text) => text.length <= CLAUSE_LENGTH_MAX && only.test(foldWords(text));
}
