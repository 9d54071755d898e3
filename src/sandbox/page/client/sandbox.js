// The sandbox's page: joins the phones, the public record, the guide and the server.

import { clockControl } from './clock.js';
import { find, make } from './dom.js';
import { feed, kindOf } from './feed.js';
import { guideView } from './guide-view.js';
import { listen, messagesOf, recordsAfter } from './net.js';
import { page, t } from './page.js';
import { phone } from './phone.js';
import { recordDialog } from './record-dialog.js';
import { tabs } from './tabs.js';

/** @import { Phone } from './phone.js' */
/** @import { SandboxEvent } from '../page-data.ts' */

const ANNOUNCEMENTS_KEPT = 4;

const dialog = recordDialog();
const records = feed((record) => void dialog.show(record));

/** @type {Map<string, Phone>} */
const phones = new Map();
/** @type {Map<string, HTMLElement>} */
const panels = new Map();
for (const root of document.querySelectorAll('.phone')) {
  if (!(root instanceof HTMLElement)) continue;
  const each = phone(root, dialog.openUri);
  phones.set(each.key, each);
  panels.set(each.key, root);
}
panels.set('records', find(document, '#records', HTMLElement));
const tabBar = tabs(panels);

const resident = phones.get(page.guide.resident);
const organizer = phones.get(page.guide.organizer);
const redeemer = phones.get(page.guide.redeemer);
const clock = clockControl();
const guide =
  resident && organizer && redeemer
    ? guideView(
        { resident, organizer, redeemer },
        {
          clock,
          bringToView: ({ key }) => tabBar.show(key),
          openNewest: (kind) => {
            const newest = kind === undefined ? records.newest() : records.newestOf(kind);
            if (newest !== undefined) void dialog.show(newest);
          },
          sync,
        },
      )
    : undefined;
if (guide === undefined) find(document, '#guide', HTMLElement).hidden = true;

const announcer = find(document, '#announcer', HTMLElement);
/** Reads a message out, once however many phones it reached. @param {string} name @param {string} text */
function announce(name, text) {
  if (announcer.lastElementChild?.textContent?.endsWith(text)) return;
  announcer.append(make('p', {}, t('sandbox.announce', { name, text })));
  while (announcer.childElementCount > ANNOUNCEMENTS_KEPT) announcer.firstElementChild?.remove();
}

/** @param {SandboxEvent} event */
function take(event) {
  if (event.type === 'clock') {
    clock.show(event.now);
    guide?.draw();
    return;
  }
  if (event.type === 'record') {
    const before = records.newest()?.seq ?? 0;
    records.add([event.record], true);
    if (event.record.seq > before) tabBar.news('records');
    dialog.changed(event.record);
    if (kindOf(event.record.collection) === 'task') void clock.sync();
    return;
  }
  const target = phones.get(`${event.channel} ${event.person}`);
  const fresh = target?.add([event.message]) ?? [];
  for (const message of fresh) {
    if (target === undefined || message.direction === 'in') continue;
    announce(target.name, message.text);
    tabBar.news(target.key);
  }
  guide?.draw();
}

async function sync() {
  await Promise.all([
    ...[...phones.values()].map(async (each) =>
      each.add(await messagesOf(each.channel, each.person, each.lastId())),
    ),
    recordsAfter(records.syncFrom()).then((found) => records.add(found, false)),
    clock.sync(),
  ]);
  guide?.draw();
}

listen({
  did: page.did,
  sync,
  take,
  state: (online) => {
    find(document, '#offline', HTMLElement).hidden = online;
  },
});
