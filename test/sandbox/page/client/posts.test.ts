import { describe, expect, it } from 'vitest';
import { postForPhoto } from '../../../../src/sandbox/page/client/posts.js';
import type { SandboxMessage } from '../../../../src/sandbox/page/page-data.ts';

const base = { choices: [], at: '2026-11-22T12:00:00.000Z' };
const post = (id: string, text: string): SandboxMessage => ({
  ...base,
  id,
  text,
  direction: 'out',
  public: true,
});
const said = (text: string, replyTo?: string): SandboxMessage => ({
  ...base,
  id: `in ${text}`,
  text,
  direction: 'in',
  ...(replyTo === undefined ? {} : { replyTo }),
});

const posts = [
  post('p1', 'Creek clean-up. Reply JOIN 1'),
  { ...post('p2', 'Booth'), choices: [{ label: 'Join', send: 'JOIN 2' }] },
  post('p12', 'Groceries. Reply JOIN 12'),
];

describe('a photo that must answer a post', () => {
  it('answers the newest one where nothing else is known', () => {
    expect(postForPhoto(posts)?.id).toBe('p12');
    expect(postForPhoto([])).toBeUndefined();
  });

  it('answers the task that was joined, and not one whose number only begins alike', () => {
    expect(postForPhoto([...posts, said('join 1'), said('BALANCE')])?.id).toBe('p1');
    expect(postForPhoto([...posts, said('UNIRME #2')])?.id).toBe('p2');
  });

  it('answers the post that was answered last', () => {
    expect(postForPhoto([...posts, said('JOIN 1'), said("I'm in", 'p2')])?.id).toBe('p2');
    expect(postForPhoto([...posts, said("I'm in", 'p2'), said('JOIN 1')])?.id).toBe('p1');
  });

  it('is not led astray by a task without a post', () => {
    expect(postForPhoto([...posts, said('JOIN 7')])?.id).toBe('p12');
  });
});
