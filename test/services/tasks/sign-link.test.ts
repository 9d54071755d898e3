import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { checkInCode } from '../../../src/services/tasks/check-in-code.ts';
import { notify } from '../../../src/services/tasks/notify.ts';
import { seeRoster } from '../../../src/services/tasks/see-roster.ts';
import { seeSign, signLink } from '../../../src/services/tasks/sign-link.ts';
import { takeNotices } from '../../../src/services/tasks/take-notices.ts';
import { expectOk, type TestCity, withCity } from '../../support/city.ts';

const announce = (city: TestCity) =>
  city.run((context) =>
    expectOk(
      announceTask(context, city.organizer.id, {
        ...{ title: 'Sweep the square', place: 'The square', credits: 20, slots: 5 },
        startsAt: context.now + 30 * HOUR_MS,
        endsAt: context.now + 32 * HOUR_MS,
      }),
    ),
  ).task;

test('the roster and what organizers are told before a task name its sign', () =>
  withCity(
    (city) => {
      const task = announce(city);
      city.run((context) => {
        const sign = signLink(context, city.organizer.id, task) ?? '';
        expect(sign).toMatch(/^https:\/\/city\.example\/tasks\/1\/sign\//);
        const roster = expectOk(seeRoster(context, city.organizer.id, task.id));
        expect(roster.sign).toBe(sign);
        const code = checkInCode(context, task);
        expect(seeSign(context, task.id, sign.split('/').at(-1) ?? '')).toEqual({ code });
        notify(context, 'organizer-hours', { personId: city.organizer.id, task });
      });
      city.clock.now += 28 * HOUR_MS;
      const { told } = city.run((context) => takeNotices(context, 10));
      expect(told[0]?.items[0]?.facts).toMatchObject({
        sign: expect.stringContaining('https://city.example/tasks/1/sign/'),
      });
    },
    { publicUrl: 'https://city.example' },
  ));

test('a city without an address on the web has no signs', () =>
  withCity((city) => {
    const task = announce(city);
    city.run((context) => {
      expect(signLink(context, city.organizer.id, task)).toBeUndefined();
      expect(expectOk(seeRoster(context, city.organizer.id, task.id)).sign).toBeUndefined();
    });
  }));
