import { expect, test } from 'vitest';
import { findOrAddIdentity } from '../../src/services/people/find-identity.ts';
import { newTask, type TestCity, withCity } from '../support/city.ts';

/** Nobody got too many alerts. */
const ROOM = { alertsPerDay: 100, alertsSince: 0, filters: [] };

/** A broadcast of a new task, and people who asked for it; their addresses. */
function begin(city: TestCity, people: number) {
  const addresses = Array.from({ length: people }, (_, at) => city.join(`+1510555040${at}`));
  const task = newTask(city);
  city.run(({ tx, now }) => {
    for (const { identityId } of addresses) tx.identities.setAlerts(identityId, now, null);
    const { all: total } = tx.broadcasts.subscribers(city.organizer.id, now, ROOM);
    tx.broadcasts.add({ taskId: task, total, createdAt: now });
  });
  const [broadcast] = city.store.read.broadcasts.running();
  if (broadcast === undefined) throw new Error('nothing runs');
  const asked = { channel: 'sms', channels: ['sms'], exceptPersonId: city.organizer.id, ...ROOM };
  const next = () =>
    city.store.read.broadcasts
      .recipients(broadcast, { ...asked, after: 0, limit: 100 })
      .map(({ identityId }) => identityId);
  const queue = (identityId: number) =>
    city.run(({ tx, now }) => {
      tx.outbox.add({
        channel: 'sms',
        identityId,
        kind: 'broadcast',
        bulk: 1,
        taskId: task,
        broadcastId: broadcast.id,
        body: { text: '', choices: [], pictures: [] },
        notBefore: now,
        createdAt: now,
      });
      tx.broadcasts.advance(broadcast.id, 0, 1);
    });
  return { task, broadcast, next, queue, ids: addresses.map(({ identityId }) => identityId) };
}

test('nobody is put in the outbox twice for one broadcast: the database itself refuses', () =>
  withCity((city) => {
    const { next, queue, ids } = begin(city, 3);
    expect(next()).toEqual(ids);
    queue(ids[1] ?? 0);
    expect(next()).toEqual([ids[0], ids[2]]);
    expect(() => queue(ids[1] ?? 0)).toThrow();
  }));

test('STOP ends that somebody is told of new tasks, and START does not bring it back', () =>
  withCity((city) => {
    const { next, ids } = begin(city, 2);
    const [first = 0, second = 0] = ids;
    city.run(({ tx, now }) => tx.identities.setStopped(first, now));
    city.run(({ tx }) => tx.identities.setStopped(first, null));
    expect(city.store.read.identities.get(first)).toMatchObject({
      stoppedAt: null,
      alertsAt: null,
    });
    expect(next()).toEqual([second]);
  }));

test('what a halted broadcast has not sent is dead, and counts as not sent', () =>
  withCity((city) => {
    const { task, broadcast, queue, ids } = begin(city, 3);
    for (const id of ids) queue(id);
    const { rows } = city.store.read.outbox.due(
      { channel: 'sms', now: city.clock.now, each: 1 },
      100,
    );
    const own = rows.filter(({ kind }) => kind === 'broadcast').map(({ id }) => id);
    city.run(({ tx, now }) => {
      tx.outbox.lease(own.slice(0, 2), now + 1000);
      tx.outbox.markSent([{ id: own[0] ?? 0, providerId: null, segments: 1 }], now);
      tx.broadcasts.drop(broadcast.id);
      tx.broadcasts.end(broadcast.id, now, 'admin');
      // What was under way is not tried again.
      tx.outbox.markFailed(own[1] ?? 0, {
        state: 'pending',
        notBefore: now,
        error: 'retry: busy',
        reason: null,
        isTried: true,
      });
    });
    expect(city.store.read.outbox.bulkWaiting('sms')).toBe(0);
    expect(city.store.read.broadcasts.progress()).toEqual([
      { task, total: 3, queued: 3, sent: 1, stopped: 0, state: 'halted' },
    ]);
  }));

test('what waits is put off, and what waits longer stays where it is', () =>
  withCity((city) => {
    const { broadcast, queue, ids } = begin(city, 1);
    queue(ids[0] ?? 0);
    const until = city.clock.now + 5000;
    city.run(({ tx }) => tx.broadcasts.putOff(broadcast.id, until));
    city.run(({ tx }) => tx.broadcasts.putOff(broadcast.id, until - 1));
    expect(city.store.read.outbox.nextAt('sms', city.clock.now)).toBe(until);
  }));

test('a person is told at the first of their addresses that asked for such a task', () =>
  withCity((city) => {
    const ana = city.join('+15105550401');
    const second = city.run((context) =>
      findOrAddIdentity(context, { channel: 'telegram', address: '70012345' }, () => 'en'),
    );
    city.run(({ tx, now }) => {
      tx.accounts.setPerson(second, ana.id);
      tx.identities.setAlerts(ana.identityId, now, 'a');
      tx.identities.setAlerts(second, now, 'b');
    });
    const task = newTask(city);
    city.run(({ tx, now }) => tx.broadcasts.add({ taskId: task, total: 1, createdAt: now }));
    const [broadcast] = city.store.read.broadcasts.running();
    if (broadcast === undefined) throw new Error('nothing runs');
    expect(city.store.read.broadcasts.filters().toSorted()).toEqual(['a', 'b']);
    const told = (filters: readonly string[]) => {
      const channels = ['sms', 'telegram'];
      const room = { ...ROOM, filters };
      const asked = { channels, exceptPersonId: city.organizer.id, after: 0, limit: 9, ...room };
      const count = city.store.read.broadcasts.subscribers(city.organizer.id, city.clock.now, room);
      const found = channels.flatMap((channel) =>
        city.store.read.broadcasts
          .recipients(broadcast, { ...asked, channel })
          .map(({ identityId }) => identityId),
      );
      expect(count.told).toBe(found.length);
      return found;
    };
    expect(told([])).toEqual([]);
    expect(told(['a'])).toEqual([ana.identityId]);
    expect(told(['b'])).toEqual([second]);
    expect(told(['a', 'b'])).toEqual([ana.identityId]);
  }));
