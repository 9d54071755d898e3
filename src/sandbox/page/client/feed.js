// The public record as it grows: newest first, each line a button that opens it.

import { find, icon, make } from './dom.js';
import { has, t, time } from './page.js';

/** @import { SandboxRecord } from '../page-data.ts' */

const LINES_MAX = 200;

/** The last part of a collection's name, which is what the page calls its kind. @param {string} collection */
export const kindOf = (collection) => collection.split('.').at(-1) ?? collection;

/** A word for the kind of a record. @param {string} collection */
export function kindName(collection) {
  const key = `records.kind.${kindOf(collection)}`;
  return has(key) ? t(key) : kindOf(collection);
}

/**
 * @param {(record: SandboxRecord) => void} open
 */
export function feed(open) {
  const list = find(document, '#feed', HTMLOListElement);
  const count = find(document, '#records-count', HTMLOutputElement);
  /** @type {Map<number, { record: SandboxRecord, item: HTMLLIElement }>} */
  const lines = new Map();
  let newest = 0;

  const insert = (/** @type {SandboxRecord} */ record, /** @type {boolean} */ live) => {
    const item = line(record, open);
    if (live) item.classList.add('fresh');
    // Almost always the first place; only a sync after a pause fills gaps further down.
    const after = [...list.children].find(
      (child) => child instanceof HTMLElement && Number(child.dataset['seq'] ?? 0) < record.seq,
    );
    list.insertBefore(item, after ?? null);
    lines.set(record.seq, { record, item });
  };

  return {
    newest: () => lines.get(newest)?.record,

    /** The newest of a kind, such as `claim`. @param {string} kind */
    newestOf: (kind) =>
      [...lines.values()]
        .map(({ record }) => record)
        .filter(({ collection }) => kindOf(collection) === kind)
        .toSorted((one, other) => other.seq - one.seq)[0],

    /** Where to ask again from: before the oldest record that was not published when last seen. */
    syncFrom: () => {
      const staged = [...lines.values()]
        .filter(({ record }) => record.state === 'staged')
        .map(({ record }) => record.seq);
      return staged.length === 0 ? newest : Math.min(...staged) - 1;
    },

    /**
     * @param {readonly SandboxRecord[]} records
     * @param {boolean} live whether they are news, as against what was there already
     */
    add(records, live) {
      if (records.length > 0) list.querySelector('.nothing')?.remove();
      for (const record of records) {
        const shown = lines.get(record.seq);
        if (shown === undefined) insert(record, live);
        else if (shown.record.state !== record.state || shown.record.cid !== record.cid) {
          shown.item.replaceChildren(...line(record, open).childNodes);
          lines.set(record.seq, { record, item: shown.item });
        }
        newest = Math.max(newest, record.seq);
      }
      while (list.childElementCount > LINES_MAX) {
        const last = list.lastElementChild;
        if (last instanceof HTMLElement) lines.delete(Number(last.dataset['seq']));
        last?.remove();
      }
      count.textContent = String(newest);
    },
  };
}

/**
 * @param {SandboxRecord} record
 * @param {(record: SandboxRecord) => void} open
 */
function line(record, open) {
  const staged = record.state === 'staged';
  const state = make(
    'span',
    { class: `state ${record.state}` },
    staged ? undefined : icon('check'),
    t(`records.state.${record.state}`),
  );
  const kind = make('span', { class: 'kind', 'data-kind': kindOf(record.collection) });
  kind.append(kindName(record.collection));
  if (record.operation !== 'create') {
    kind.append(make('span', { class: 'operation' }, t(`records.operation.${record.operation}`)));
  }
  const button = make(
    'button',
    { type: 'button', class: 'entry' },
    make(
      'span',
      { class: 'entry-head' },
      kind,
      make('time', { datetime: record.at }, time(record.at)),
    ),
    make('span', { class: 'entry-text' }, record.summary),
    make('span', { class: 'entry-foot' }, make('code', {}, `…/${record.rkey}`), state),
  );
  button.addEventListener('click', () => open(record));
  return make('li', { 'data-seq': String(record.seq) }, button);
}
