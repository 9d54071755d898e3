/**
 * What the tables of phrasings say that a message may do, read without the code under test: who
 * doubts that code looks here whether a phrase of the tables explains what it did.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';

/** A message as it is compared: words, `#` for a number, `@` for a code, `~` for any other figure. */
type Token = string;

/** What was open when somebody wrote: a question, what a bare number stood for, their last words. */
export type Open = {
  /** `<command>.<step>` */
  readonly question: string | undefined;
  readonly choices: Readonly<Record<string, string>>;
  /** What they said since they were asked, and just before. */
  readonly before: readonly string[];
};

type Row = { readonly tokens: readonly Token[]; readonly reading: string };

const NUMERALS: Readonly<Record<string, string>> = {
  ...{ one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8' },
  ...{ nine: '9', ten: '10', uno: '1', una: '1', dos: '2', tres: '3', cuatro: '4' },
  ...{ cinco: '5', seis: '6', siete: '7', ocho: '8', nueve: '9', diez: '10' },
};
/** So many words say by themselves what is wished. */
const WISH_WORDS_MIN = 3;
const CODE = /(?<![\p{L}\p{N}])[0-9a-z]{4}-[0-9a-z]{4}(?![\p{L}\p{N}-])/giu;
const FIGURE = /[-−–+.,:]?\p{Nd}+(?:[.,:/⁄-]\p{Nd}+)*/gu;
const TOKEN = /[#@~]|\p{L}+|(?=\p{Extended_Pictographic})\P{N}/gu;

/** What a decimal digit of any script counts. */
function digitOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value;
}

/** A text in tokens, with the numbers and the codes in it. */
function tokensOf(text: string) {
  const numbers: number[] = [];
  const codes: string[] = [];
  const plain = text
    .replaceAll('…', ' ')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
    .replace(CODE, (code) => {
      codes.push(code.replace('-', '').toUpperCase());
      return ' @ ';
    })
    .toLowerCase()
    .replace(/\p{L}+/gu, (word) => NUMERALS[word] ?? word)
    .replace(FIGURE, (figure) => {
      const digits = figure.replace(/^[,:]/, '');
      if (!/^\d{1,9}$/.test(digits)) return ' ~ ';
      numbers.push(Number(digits));
      return ' # ';
    });
  return { tokens: plain.match(TOKEN) ?? [], numbers, codes };
}

function rowsOf(kind: string): readonly Row[] {
  const folder = new URL(`../conversation/${kind}/`, import.meta.url);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split('\n')
      .filter((line) => line.includes('\t') && !line.startsWith('# '))
      .map((line) => {
        const [phrase = '', reading = ''] = line.split('\t');
        return { tokens: tokensOf(phrase).tokens, reading };
      }),
  );
}

const indexIn = (all: readonly Token[], part: readonly Token[]): number =>
  all.findIndex((_, at) => part.length > 0 && part.every((token, on) => all[at + on] === token));

type Names = readonly (number | string)[] | undefined;

const namesOf = ({
  numbers,
  codes,
}: {
  numbers: readonly number[];
  codes: readonly string[];
}): Names => (numbers.length + codes.length === 0 ? undefined : [...numbers, ...codes]);

type Small = ReadonlySet<Token>;

/** Words that stand in a phrase beside a shorter one of the same reading, and so change nothing. */
const createSmall = (rows: readonly Row[]): Small => {
  const commandOf = ({ reading }: Row) => reading.split(' ')[0];
  const besides = rows.flatMap((row) =>
    rows.flatMap((other) => {
      const isLonger =
        row.tokens.length > other.tokens.length && commandOf(row) === commandOf(other);
      const [first = ''] = other.tokens;
      const at = isLonger ? row.tokens.indexOf(first) : -1;
      const rest = without(row.tokens.slice(at + 1), other.tokens.slice(1));
      return at < 0 || rest === undefined ? [] : [...row.tokens.slice(0, at), ...rest];
    }),
  );
  return new Set(besides.filter((token) => /\p{L}/u.test(token)));
};

/** What is left of tokens where others are taken out in their order; undefined where one is missing. */
function without(all: readonly Token[], others: readonly Token[]): readonly Token[] | undefined {
  const rest: Token[] = [];
  let at = 0;
  for (const token of all) {
    if (token === others[at]) at += 1;
    else rest.push(token);
  }
  return at === others.length ? rest : undefined;
}

/** A sign says nothing beside words. */
const isSmall = (token: Token, small: Small): boolean =>
  small.has(token) || /^[^\p{L}#@~]/u.test(token);

/** The words of a phrase up to the last that says something: 'sign up' of 'sign up for #'. */
function withoutSmallEnd(words: readonly Token[], small: Small): readonly Token[] {
  const last = words.findLastIndex((token) => !isSmall(token, small));
  return last < 0 ? words : words.slice(0, last + 1);
}

/** Does a phrase stand in a message, with small words before it and before its number at most? */
function stands({ tokens }: Row, message: readonly Token[], small: Small): boolean {
  const named = tokens.findIndex((token) => token === '#' || token === '@');
  const words = named < 0 ? tokens : withoutSmallEnd(tokens.slice(0, named), small);
  const at = indexIn(message, words);
  if (at < 0 || !message.slice(0, at).every((token) => isSmall(token, small))) return false;
  const name = tokens[named];
  const rest = message.slice(at + words.length);
  const next = name === undefined ? 0 : rest.indexOf(name);
  // A code is found among any words.
  return next >= 0 && (name === '@' || rest.slice(0, next).every((token) => isSmall(token, small)));
}

/** What an answer to a question may do beside a plain yes. */
const ANSWERED_BY: Readonly<Record<string, readonly ('yes' | 'number' | 'words')[]>> = {
  'hello.consent': ['yes'],
  'redeem.sure': ['yes'],
  'confirm.sure': ['yes'],
  'drop.sure': ['yes'],
  'unlink.sure': ['yes'],
  'forget.first': ['yes'],
  'forget.second': ['yes'],
  'link.agree': ['yes'],
  'me.second': ['yes'],
  'move.renew': ['yes'],
  'done.public': ['yes'],
  'announce.confirm': ['yes'],
  'join.which': ['number'],
  'drop.which': ['number'],
  'done.which': ['number', 'yes'],
  'approve.several': ['number'],
  'reject.several': ['number'],
  'done.more': ['words'],
  'done.kept': ['number'],
  'reject.reason': ['words'],
  'offer.perDay': ['number', 'words'],
};

/** Commands whose word may be misspelt: they move no credits and no roles, and can be taken back. */
const FORGIVING: readonly string[] = ['join', 'done', 'drop', 'alerts', 'link', 'announce'];

/** A word and another one that it may be meant for, when it is misspelt. */
const isNearly = (word: Token, meant: Token): boolean =>
  meant.length > 3 && word.length > 3 && distance(word, meant) <= (word.length > 6 ? 2 : 1);

/** A phrase as a message may misspell it in its first word, where the word alone is the phrase. */
const asMisspelt = (row: Row, [said = '']: readonly Token[]): Row => {
  const [first = '', second = '#'] = row.tokens;
  const isMeant = FORGIVING.includes(row.reading.split(' ')[0] ?? '') && isNearly(said, first);
  return isMeant && second === '#' ? { ...row, tokens: [said, ...row.tokens.slice(1)] } : row;
};

export function createExplainer() {
  const rows = rowsOf('words');
  const outs = rowsOf('opt-out').filter(({ reading }) => reading === 'out');
  const saying = rows.filter(({ reading }) => /^[a-z]+/.test(reading));
  const readingsOf = (...readings: readonly string[]) =>
    rows.filter(({ reading }) => readings.includes(reading)).map(({ tokens }) => tokens);
  const [yeses, noes] = [readingsOf('yes'), readingsOf('no')];
  const [yesTokens, noTokens] = [new Set(yeses.flat()), new Set(noes.flat())];
  const small = new Set([...createSmall(saying), ...yesTokens]);
  const besideWish = createSmall(outs);
  const isAll = (tokens: readonly Token[], allowed: ReadonlySet<Token>) =>
    tokens.length > 0 && tokens.every((token) => allowed.has(token));
  /** A sign that is no answer itself says nothing beside one. */
  const answering = (tokens: readonly Token[]) =>
    tokens.filter(
      (token) => /[\p{L}#@~]/u.test(token) || yesTokens.has(token) || noTokens.has(token),
    );
  const isYes = (said: readonly Token[], tokens = answering(said)) =>
    isAll(tokens, yesTokens) && yeses.some((yes) => indexIn(tokens, yes) >= 0);
  const isNo = (tokens: readonly Token[]) =>
    isAll(tokens, noTokens) && noes.some((no) => indexIn(tokens, no) >= 0);

  /** The commands whose phrases stand in a message, behind small words at most. */
  const said = (tokens: readonly Token[]): ReadonlySet<string> =>
    new Set(
      saying
        .filter((row) => stands(asMisspelt(row, tokens), tokens, small))
        .map(({ reading }) => reading.split(' ')[0] ?? ''),
    );
  const answered = (tokens: readonly Token[], question: string): boolean => {
    if (question.endsWith('.number-sent')) return tokens.join(' ') === '#';
    if (isNo(tokens)) return false;
    return (ANSWERED_BY[question] ?? []).some((kind) => {
      if (kind === 'yes') return isYes(tokens);
      if (kind === 'number') return tokens.includes('#') && !tokens.includes('~');
      return tokens.some((token) => /\p{L}{2}/u.test(token));
    });
  };
  return {
    /**
     * The commands that a message may carry out by the tables, each with the numbers and codes that
     * it names; undefined where it may be about anything that is there.
     */
    commands: (text: string, { question, choices, before }: Open): ReadonlyMap<string, Names> => {
      const { tokens, ...named } = tokensOf(text);
      // Behind a number another command may follow: 'join 2 and drop 3'.
      const parts = [
        tokens,
        ...tokens.flatMap((token, at) => (token === '#' ? [tokens.slice(at + 1)] : [])),
      ];
      const meant = new Map(
        parts.flatMap((part) => [...said(part)]).map((command) => [command, namesOf(named)]),
      );
      if (question !== undefined && answered(tokens, question)) {
        meant.set(question.split('.')[0] ?? '', undefined);
        // What a stranger said first is done when they have agreed to messages.
        if (question === 'hello.consent') {
          for (const command of before.flatMap((text) => [...said(tokensOf(text).tokens)])) {
            meant.set(command, undefined);
          }
        }
      }
      // A photo that is kept for its number asks nothing.
      const isAsked = question !== undefined && question !== 'done.kept';
      if (!isAsked && isYes(tokens)) meant.set('start', undefined);
      const choice = choices[String(named.numbers[0])];
      // 'The 1, please' picks what was offered as well as '1' does.
      const isPick =
        named.numbers.length === 1 &&
        tokens.every((token) => token === '#' || isSmall(token, small));
      if (isPick && choice !== undefined) {
        const meantBy = tokensOf(choice);
        for (const command of said(meantBy.tokens)) meant.set(command, namesOf(meantBy));
      }
      // Whoever is forgotten gives up everything.
      if (meant.has('forget')) meant.set('forget', undefined);
      return meant;
    },
    /** Does a message opt out, by the tables? */
    isOut: (text: string): boolean => {
      const sentences = [text, ...text.split(/[.!;…\n]/)]
        .map((sentence) => tokensOf(sentence).tokens)
        .filter((tokens) => tokens.some((token) => /\p{L}/u.test(token)));
      const ends = [sentences[0] ?? [], sentences[1] ?? [], sentences.at(-1) ?? []];
      return outs.some(({ tokens }) =>
        ends.some((end) => {
          const at = indexIn(end, tokens);
          if (at < 0 || !end.slice(0, at).every((token) => isSmall(token, besideWish)))
            return false;
          const rest = end.slice(at + tokens.length);
          // Whoever begins with a whole wish may go on.
          return (
            tokens.length >= WISH_WORDS_MIN || rest.every((token) => isSmall(token, besideWish))
          );
        }),
      );
    },
  };
}
