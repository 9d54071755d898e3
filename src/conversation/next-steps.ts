/** The two or three things somebody may want to say next, the most urgent first. */
import type { Next } from '../services/people/see-next.ts';
import { type ChoiceName, choice } from './choices.ts';
import type { Choice, Reply } from './message.ts';
import { replyWith, type Voice } from './speech.ts';

export type NextStep = { readonly text: string; readonly choice: Choice };

const STEPS_MAX = 3;

/** Everything that somebody can do next, in that order. */
export function nextSteps(voice: Voice, next: Next): readonly NextStep[] {
  const { evidence, available, codes, waiting, roles } = next;
  const [first] = evidence;
  const step = (text: string, command: ChoiceName): NextStep => ({
    text,
    choice: choice(voice, command),
  });
  const steps: NextStep[] = [];
  if (waiting > 0) steps.push(step(voice.say('next.review', { count: waiting }), 'review'));
  if (first !== undefined) {
    steps.push({
      text: voice.say('next.evidence', { task: first.id }),
      choice: choice(voice, 'task', first.id),
    });
  }
  if (codes > 0) steps.push(step(voice.say('next.codes'), 'codes'));
  else if (available > 0) {
    steps.push(step(voice.say('next.offers', { credits: voice.credits(available) }), 'offers'));
  }
  if (roles.redeemers.length > 0) steps.push(step(voice.say('next.confirm'), 'confirm'));
  if (roles.issuers.length > 0 && waiting === 0) {
    steps.push(step(voice.say('next.announce'), 'announce'));
  }
  if (roles.admin) steps.push(step(voice.say('next.admin'), 'invite'));
  steps.push(step(voice.say('next.tasks'), 'tasks'));
  return steps;
}

/** A reply of text and the first of these steps, with the choices that go with them. */
export function replyWithNext(voice: Voice, text: string, next: Next): Reply {
  const chosen = nextSteps(voice, next).slice(0, STEPS_MAX);
  return replyWith(
    [text, ...chosen.map((one) => one.text)].join(' '),
    chosen.map((one) => one.choice),
  );
}
