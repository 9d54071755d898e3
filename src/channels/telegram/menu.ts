/** The command menu: for everybody in their app's language, for partners by their roles. */
import type { BotCommand, LanguageCode } from 'grammy/types';
import { Background } from '../../lib/background.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';
import type { TalkerFacts } from '../channel.ts';
import { hiddenToken } from './ids.ts';
import type { Parts } from './parts.ts';
import type { MenuEntry } from './settings.ts';

export type Menus = ReturnType<typeof createMenus>;

/** A menu is set once more after so long. */
const SET_MS = 30 * DAY_MS;
const NO_ROLE = '';
const ADDRESSES_KEPT = 10_000;
/** More at a time would use up the rate that answers need. */
const SETTING_MAX = 2;

const commandsFor = (
  entries: readonly MenuEntry[],
  may: (who: MenuEntry['who']) => boolean,
): BotCommand[] =>
  entries
    .filter(({ who }) => may(who))
    .map(({ command, description }) => ({ command, description }));

/** Telegram knows apps by languages of two letters only. */
const isLanguageCode = (tag: string): tag is LanguageCode => /^[a-z]{2}$/.test(tag);

const rolesOf = (talker: TalkerFacts): readonly MenuEntry['who'][] =>
  (['organizer', 'redeemer', 'admin'] as const).filter((role) => talker[role]);

export function createMenus({ api, memory, talkerOf, failed, texts, now }: Parts) {
  /** The roles and the language that each person's menu shows, as far as this run knows. */
  const shown = new BoundedMap<string, string>(ADDRESSES_KEPT);
  const setting = new Background();

  const tokenOf = (address: string): string => hiddenToken(memory, 'menu', address);

  const set = async (address: string, talker: TalkerFacts, wanted: string): Promise<void> => {
    const scope = { type: 'chat', chat_id: Number(address) } as const;
    const roles = rolesOf(talker);
    if (roles.length === 0) await api.deleteMyCommands({ scope });
    else {
      const entries = commandsFor(
        texts.menu[talker.language] ?? [],
        (who) => who === 'resident' || roles.includes(who),
      );
      await api.setMyCommands(entries, { scope });
    }
    await memory.keepPayload(tokenOf(address), wanted, now() + SET_MS);
  };

  return {
    /** The menu of every private chat, in each language. */
    setAll: async (): Promise<void> => {
      const scope = { type: 'all_private_chats' } as const;
      const residents = (language: string) =>
        commandsFor(texts.menu[language] ?? [], (who) => who === 'resident');
      await api.setMyCommands(residents(texts.first), { scope });
      for (const language of Object.keys(texts.menu).filter(isLanguageCode)) {
        await api.setMyCommands(residents(language), { scope, language_code: language });
      }
    },
    /** Makes this person's menu show what their roles allow; nobody waits for it. */
    follow: (address: string): void => {
      const talker = talkerOf(address);
      if (talker === undefined || setting.size >= SETTING_MAX) return;
      const roles = rolesOf(talker).join(' ');
      const wanted = roles === '' ? NO_ROLE : `${roles} ${talker.language}`;
      const known = shown.get(address) ?? memory.payload(tokenOf(address)) ?? NO_ROLE;
      shown.set(address, wanted);
      if (known === wanted) return;
      setting.add(set(address, talker, wanted), (error) => {
        shown.delete(address);
        failed(error);
      });
    },
    stop: () => setting.ended(),
  };
}
