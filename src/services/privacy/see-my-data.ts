import { isoTime } from '../../lib/clock.ts';
import { withEither } from '../../lib/crypto.ts';
import { DATA_PARTS, type ShownRow } from '../../store/my-data.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';

/** All that is kept about a person. Times are ISO 8601. */
export type MyData = {
  readonly city: string;
  readonly at: string;
  readonly person: ShownRow;
  readonly addresses: readonly ShownRow[];
  readonly parts: Readonly<Record<string, readonly ShownRow[]>>;
};

/** Collects all that is kept about a person. */
function seeMyData(context: Context, person: Person): MyData {
  const { tx, now, city, keys } = context;
  const { id, participantId, language, publicDid } = person;
  const addresses = tx.identities.of(id).map((one) => ({
    channel: one.channel,
    address: keys.open({ keyId: one.keyId, bytes: one.ciphertext }),
    firstAt: one.createdAt,
    stoppedAt: one.stoppedAt,
    alertsAt: one.alertsAt,
    alertsFilter: one.alertsFilter,
    unreachableAt: one.unreachableAt,
  }));
  const about = {
    ...{ participantId, language, publicDid, ...seeBalance(context, participantId) },
    firstAt: person.createdAt,
    joinedAt: person.joinedAt,
    publicWordsAt: person.publicEvidenceAt,
    noticeChannel: person.noticeChannel,
  };
  return {
    city: city.name,
    at: isoTime(now),
    person: withTimes(about),
    addresses: addresses.map(withTimes),
    parts: Object.fromEntries(
      DATA_PARTS.map((part) => [part, tx.myData.part(part, id).map(withTimes)]),
    ),
  };
}

const withTimes = (row: ShownRow): ShownRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && name.endsWith('At') ? isoTime(value) : value,
    ]),
  );

/** What a link shows, which works once and for a while; undefined for any other token. */
export function takeMyData(
  context: Context,
  token: string,
): { readonly data: MyData; readonly language: string } | undefined {
  const { tx, now, keys } = context;
  const link = withEither(keys, ({ secretLookup }) =>
    tx.myData.takeLink(secretLookup('data', token)),
  );
  const person =
    link === undefined || link.expiresAt <= now ? undefined : tx.people.get(link.personId);
  return person && { data: seeMyData(context, person), language: person.language };
}
