// A city with places of all kinds, and with something to tell: work, a redemption, a month that is over.
import type { City } from '../../src/domain/city.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { tellUpdates } from '../../src/services/city/tell-updates.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { openEpoch } from '../../src/services/credits/open-epoch.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { publishDelegations } from '../../src/services/partners/record-partner.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { expectOk, newOffer, TEST_CITY, type TestCity, withCity } from './city.ts';
import { doWork } from './work.ts';

/** As people say them; the city knows where the second one is. */
export const SPELLINGS = [
  'Live Oak Park (37.88390, -122.26900)',
  'The library',
  '37.8715, -122.2730',
  'Live Oak Park 37.9011,-122.2455',
  'The square',
];

const EVENTFUL: City = {
  ...TEST_CITY,
  places: [{ name: 'The Library', coordinates: { latitude: 37.8704, longitude: -122.2685 } }],
};

/** In January, when two months and an epoch are over and everything was told. */
export const withEventfulCity = (work: (city: TestCity) => Promise<void>): Promise<void> =>
  withCity(
    async (city) => {
      city.run((context) => {
        publishCity(context);
        publishDelegations(context);
        publishPresence(context);
        openEpoch(context);
      });
      city.clock.now += 60_000;
      const tasks = SPELLINGS.map((place) =>
        city.run((context) => {
          const startsAt = context.now + 3_600_000;
          const draft = { title: 'Sweep', place, credits: 2, slots: 1, startsAt, endsAt: null };
          return expectOk(announceTask(context, city.organizer.id, draft)).task.id;
        }),
      );
      const [ana, ben] = [city.join('+15105550211'), city.join('+15105550212')];
      for (const [at, person] of [ana, ben].entries()) {
        city.clock.now += 60_000;
        doWork(city, person, tasks[at] ?? 0);
      }
      const offerId = newOffer(city, { credits: 1 });
      const { code } = city.run((context) => expectOk(redeemOffer(context, ana, offerId)));
      city.clock.now += 60_000;
      city.run((context) => expectOk(confirmCode(context, city.redeemer.id, code)));
      city.clock.now = Date.UTC(2027, 0, 2);
      city.run(openEpoch);
      city.run((context) => tellUpdates(context, 10));
      await work(city);
    },
    { city: EVENTFUL },
  );
