import type { PageLanguage } from '../../languages/pages.ts';
import { showTime } from '../when.ts';
/** When a task is, or until when it can be done. */
export const taskTime = (
  language: PageLanguage,
  timeZone: string,
  {
    startsAt,
    endsAt,
    isAnyTime,
  }: {
    readonly startsAt: string;
    readonly endsAt?: string | undefined;
    readonly isAnyTime: number;
  },
): string =>
  isAnyTime === 1 && endsAt !== undefined
    ? language.t('taskPage.any-time', { end: showTime(language, timeZone, [endsAt]) })
    : showTime(language, timeZone, [startsAt, endsAt]);
