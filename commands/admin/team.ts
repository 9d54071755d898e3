/** Says who acts for an organization, or runs the city: by role and participant id. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeTeams, type Team } from '../../src/services/partners/see-team.ts';

/** So many with their roles fit into three segments of an SMS. */
const LISTED_MAX = 8;

/** One organization: its name, then a line for each person. */
function linesOf(talk: Talk, { name, kind, people, invited }: Team): readonly string[] {
  const shown = name ?? talk.context.city.name;
  const head =
    kind === null
      ? talk.say('team.city', { name: shown })
      : talk.say(`team.${kind}`, { name: shown });
  const listed = people.slice(0, LISTED_MAX).map(({ participantId, role, until }) => {
    const isYou = participantId === talk.person.participantId ? 'yes' : 'no';
    const ends = until === null ? 'no' : 'yes';
    const facts = { role: talk.word(role), participantId, isYou, ends, until: until ?? 0 };
    return talk.say('team.person', facts);
  });
  const left = people.length - listed.length;
  return [
    ...[head, ...listed],
    ...(left > 0 ? [talk.say('team.more', { count: left })] : []),
    ...(invited > 0 ? [talk.say('team.invited', { count: invited })] : []),
  ];
}

export const team: Command = {
  name: 'team',
  who: 'admin',
  right: 'invites',
  exact: true,
  summary: 'team.summary',
  run: (talk, args) => {
    const teams = seeTeams(talk.context, talk.person.id, args);
    const [first] = teams;
    if (first === undefined) return replyWith(talk.say('team.none'));
    const foot = first.name === null ? 'team.foot-city' : 'team.foot';
    const lines = teams.flatMap((one) => linesOf(talk, one));
    return replyWith([...lines, talk.say(foot, { name: first.name ?? '' })].join('\n'));
  },
};
