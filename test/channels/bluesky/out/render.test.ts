import { UnicodeString } from '@atproto/api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn } from '../../../../src/channels/bluesky/out/links.ts';
import {
  MESSAGE_LIMITS,
  POST_LIMITS,
  renderMessages,
  renderPosts,
  splitWithLinks,
} from '../../../../src/channels/bluesky/out/render.ts';
import type { Reply } from '../../../../src/conversation/message.ts';

const PUBLIC_URL = 'https://berkeley.city-sync.example';
const LINK = { path: '/tasks/12', title: 'Clean the creek', description: 'Saturday 10:00' };
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const utf8 = new TextEncoder();

const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  text,
  choices: [],
  pictures: [],
  ...more,
});

const graphemesOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What a client shows as a link: the bytes between the ends of each facet. */
const shownLinks = ({ text, facets = [] }: ReturnType<typeof splitWithLinks>[number]) =>
  facets.map(({ index, features }) => ({
    text: new TextDecoder('utf-8', { fatal: true }).decode(
      utf8.encode(text).slice(index.byteStart, index.byteEnd),
    ),
    uri: features[0] && 'uri' in features[0] ? features[0].uri : undefined,
  }));

const familyOfFour = '👩‍👩‍👧‍👦';
const anyWord = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  fc.constantFrom('Gracias.', 'ñandú!', familyOfFour, 'é'.normalize('NFD'), '🏳️‍🌈', '(', '\n\n'),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.webUrl().map((url) => `(${url}).`),
  fc.integer({ min: 100, max: 400 }).map((length) => `https://a.example/${'x'.repeat(length)}`),
);
const anyText = fc
  .array(anyWord, { maxLength: 60 })
  .map((words) => words.join(' '))
  .filter((text) => text.isWellFormed());

describe('the text of a reply', () => {
  test('is one post when it fits, and its link is one', () => {
    const [post, ...others] = renderPosts(
      reply('¡Listo! Mira https://berkeley.city-sync.example/me.'),
      PUBLIC_URL,
    );
    expect(others).toEqual([]);
    expect(post && shownLinks(post)).toEqual([
      {
        text: 'https://berkeley.city-sync.example/me',
        uri: 'https://berkeley.city-sync.example/me',
      },
    ]);
  });

  test('mentions nobody, tags nothing and links nothing that is no link', () => {
    const text = '@ana.bsky.social #creek $BTC todo.Gracias info@city.org javascript:alert(1)';
    expect(renderPosts(reply(text), PUBLIC_URL)).toEqual([{ text }]);
  });

  test('is cut between sentences', () => {
    const sentence = 'The creek is cleaned on Saturday, bring gloves and a friend. ';
    const posts = renderPosts(reply(sentence.repeat(10)), PUBLIC_URL);
    expect(posts.map(({ text }) => text.length)).toEqual([243, 243, 121]);
    expect(posts.every(({ text }) => text.endsWith('.'))).toBe(true);
  });

  test('is cut before a link rather than inside it', () => {
    const link = `https://a.example/${'x'.repeat(250)}`;
    const posts = renderPosts(reply(`${'word '.repeat(20)}${link} and more`), PUBLIC_URL);
    expect(posts[1]?.text.startsWith(link)).toBe(true);
  });

  test('keeps to the bytes where a grapheme has hundreds of them', () => {
    const text = Array.from({ length: 90 }, () => `e${'\u0301'.repeat(40)}`).join('');
    const posts = renderPosts(reply(text), PUBLIC_URL);
    expect(posts.length).toBeGreaterThan(1);
    expect(posts.every((post) => utf8.encode(post.text).length <= 3000)).toBe(true);
    expect(posts.map((post) => post.text).join('')).toBe(text);
  });
});

describe('what goes with a reply', () => {
  test('pictures leave no room for a card, so the address of the page is said', () => {
    const shown = reply('Photos of the creek', { pictures: ['a'], link: LINK });
    const whole = 'Photos of the creek\n\nhttps://berkeley.city-sync.example/tasks/12';
    expect(renderPosts(shown, PUBLIC_URL)[0]?.text).toBe(whole);
    expect(renderMessages(shown, PUBLIC_URL)[0]?.text).toBe(whole);
    expect(renderMessages(reply(whole, shown), PUBLIC_URL)[0]?.text).toBe(whole);
  });

  test('a public address with a path keeps it', () => {
    const shown = reply('Photos', { pictures: ['a'], link: LINK });
    expect(renderPosts(shown, 'https://city.example/bot')[0]?.text).toBe(
      'Photos\n\nhttps://city.example/bot/tasks/12',
    );
  });

  test('without pictures the card tells it', () => {
    expect(renderPosts(reply('A task', { link: LINK }), PUBLIC_URL)).toEqual([{ text: 'A task' }]);
  });
});

describe.each([
  { name: 'posts', limits: POST_LIMITS },
  { name: 'private messages', limits: MESSAGE_LIMITS },
])('whatever people write, $name', ({ limits }) => {
  test('keep to the limits, in graphemes and bytes, and lose nothing but space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = splitWithLinks(text, limits);
        for (const piece of pieces) {
          expect(piece.text).not.toBe('');
          expect(new UnicodeString(piece.text).graphemeLength).toBeLessThanOrEqual(
            limits.graphemes,
          );
          expect(utf8.encode(piece.text).length).toBeLessThanOrEqual(limits.bytes);
        }
        const bare = (some: string) => some.replace(/\s/gu, '');
        expect(bare(pieces.map((piece) => piece.text).join(''))).toBe(bare(text));
      }),
    );
  });

  test('are never cut inside a grapheme', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = graphemesOf(text.trim()).filter((grapheme) => grapheme.trim() !== '');
        const cut = splitWithLinks(text, limits)
          .flatMap((piece) => graphemesOf(piece.text))
          .filter((grapheme) => grapheme.trim() !== '');
        expect(cut).toEqual(whole);
      }),
    );
  });

  test('have facets on exactly the bytes of their links, and a link that fits is whole', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const links = linksIn(text.trim());
        const shown = splitWithLinks(text, limits).flatMap(shownLinks);
        const whole = text.trim();
        const fitting = links.filter(({ start, end }) => end - start <= limits.graphemes);
        for (const { start, end, uri } of fitting) {
          expect(shown).toContainEqual({ text: whole.slice(start, end), uri });
        }
        const written = links.map(({ start, end }) => whole.slice(start, end)).join('');
        expect(shown.map((link) => link.text).join('')).toBe(written);
      }),
    );
  });
});
