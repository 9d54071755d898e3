/** What `npm run talk` does: a terminal that speaks with the sandbox's city. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { commands } from '../../commands/index.ts';
import { readEnvironment } from '../config/config.ts';
import type { ChannelName } from '../conversation/message.ts';
import { createMatcher } from '../conversation/words.ts';
import { LANGUAGES } from '../languages/index.ts';
import { HOUR_MS, isoTime, MINUTE_MS } from '../lib/clock.ts';
import { readCityFile } from '../node/city-file.ts';
import { SANDBOX_PEOPLE } from '../sandbox/people.ts';
import { type Heard, openTalkCity, type Speaker, type TalkCity } from '../sandbox/talk-city.ts';
import { explain } from './explain.ts';
import type { Stream } from './progress.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const WORDS = `/people            who there is
/as 4              speaks as the fourth of them; /as +15105550142 as anybody else
/channel telegram  the same person on another channel: sms, telegram or bluesky
/photo [words]     sends a photo with these words
/clock +1h         moves the city's time forward: m for minutes, h for hours, d for days
/quit              ends it`;

const USAGE = `npm run talk    speaks with the sandbox's city in this terminal, without a network

Beside each answer stands what the message was understood as. Lines may come through a pipe.

${WORDS}`;

const CHANNELS: readonly ChannelName[] = ['sms', 'telegram', 'bluesky'];
const PHOTO = new URL('../sandbox/page/client/photo.jpg', import.meta.url);
const SPAN = /^\+(\d{1,4})([mhd])$/;
const UNIT_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: 24 * HOUR_MS };

type Terminal = { readonly city: TalkCity; readonly out: Stream; speaker: Speaker };

const labelOf = ({ channel, person }: Speaker): string => {
  const known = SANDBOX_PEOPLE.find((one) => one.channel === channel && one.person === person);
  const role = known === undefined ? 'somebody' : (known.name ?? known.role);
  return `${person} (${role}, ${channel})`;
};

function showHeard({ out, speaker }: Terminal, heard: readonly Heard[]): void {
  for (const { channel, person, message } of heard) {
    const isOwn = person === speaker.person && channel === speaker.channel;
    const whose = person === null ? `in public (${channel})` : labelOf({ channel, person });
    out.write(`${isOwn ? '<' : `< to ${whose}:`} ${message.text.replaceAll('\n', '\n  ')}\n`);
    if (isOwn && message.choices.length > 0) {
      out.write(
        `  [${message.choices.map(({ label, send }) => `${label}: ${send}`).join('] [')}]\n`,
      );
    }
  }
}

async function say(terminal: Terminal, text: string, picture?: Uint8Array): Promise<void> {
  const heard = await terminal.city.say(terminal.speaker, text, picture);
  if ('refused' in heard) terminal.out.write(`${heard.refused}\n`);
  else showHeard(terminal, heard);
}

function listPeople({ out }: Terminal): void {
  for (const [at, one] of SANDBOX_PEOPLE.entries()) out.write(`${at + 1} ${labelOf(one)}\n`);
}

function speakAs(terminal: Terminal, given: string): void {
  const wanted = given.toLowerCase();
  const known =
    SANDBOX_PEOPLE[Number(given) - 1] ??
    SANDBOX_PEOPLE.find(({ person, role, name }) =>
      [person, role, name?.toLowerCase()].includes(wanted),
    );
  if (given !== '') terminal.speaker = known ?? { ...terminal.speaker, person: given };
  terminal.out.write(`You are ${labelOf(terminal.speaker)}.\n`);
}

async function moveClock(terminal: Terminal, given: string): Promise<void> {
  const [, count, unit = ''] = SPAN.exec(given) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs !== undefined) {
    showHeard(terminal, await terminal.city.pass(Number(count) * unitMs));
  }
  terminal.out.write(`It is ${isoTime(terminal.city.now())}.\n`);
}

/** Words of the terminal itself; false where it is to end. */
async function obey(terminal: Terminal, line: string): Promise<boolean> {
  const [word = '', ...rest] = line.split(' ');
  const given = rest.join(' ').trim();
  const channel = CHANNELS.find((name) => name === given);
  if (word === '/quit') return false;
  if (word === '/people') listPeople(terminal);
  else if (word === '/as') speakAs(terminal, given);
  else if (word === '/photo') await say(terminal, given, readFileSync(PHOTO));
  else if (word === '/clock') await moveClock(terminal, given);
  else if (word === '/channel' && channel !== undefined) {
    terminal.speaker = { ...terminal.speaker, channel };
    speakAs(terminal, '');
  } else terminal.out.write(`${WORDS}\n`);
  return true;
}

/** Words that are the terminal's; `/join` and the like are the city's. */
const isOwnWord = (line: string): boolean =>
  /^\/(people|as|channel|photo|clock|quit|\?)( |$)/.test(line);

async function run(args: readonly string[], { env, out }: Surroundings): Promise<void> {
  parse(args, {}, USAGE);
  const matcher = createMatcher(commands, LANGUAGES);
  const city = await openTalkCity(
    readCityFile(readEnvironment(env).cityConfig),
    (decision, text) => {
      out.write(`  understood as ${explain(matcher, decision, text)}\n`);
    },
  );
  const lines = createInterface({ input: process.stdin });
  const [first] = SANDBOX_PEOPLE;
  if (first === undefined) throw new Error('The sandbox has nobody.');
  const terminal: Terminal = { city, out, speaker: first };
  try {
    out.write('/? lists the words of this terminal.\n');
    speakAs(terminal, '');
    for await (const line of lines) {
      const isOwn = isOwnWord(line);
      out.write(`> ${line}\n`);
      if (!isOwn) await say(terminal, line);
      else if (!(await obey(terminal, line))) break;
    }
  } finally {
    lines.close();
    await city.stop();
  }
}

/** Speaks with the sandbox's city. Answers 0, or 2 when it could not be done. */
export const runTalk = tool(run);
