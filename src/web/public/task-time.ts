import type { PageLanguage } from '../../languages/pages.ts';
import { showTime } from '../when.ts';
import type { HomeTask } from './home.ts';

/** When a task is, or until when it can be done. */
export const taskTime = (
  language: PageLanguage,
  timeZone: string,
  { startsAt, endsAt, isAnyTime }: Pick<HomeTask, 'startsAt' | 'endsAt' | 'isAnyTime'>,
): string =>
  isAnyTime === 1 && endsAt !== undefined
    ? language.t('taskPage.any-time', { end: showTime(language, timeZone, [endsAt]) })
    : showTime(language, timeZone, [startsAt, endsAt]);
