// One record, checked: what the bot wrote beside what the PDS itself answers.

import { find, make, recordLink } from './dom.js';
import { kindName, kindOf } from './feed.js';
import { page, t } from './page.js';

/** @import { SandboxRecord } from '../page-data.ts' */

/** @typedef {{ collection: string, rkey: string, summary?: string }} Wanted */
/** @typedef {{ uri: string, cid: string, state: SandboxRecord['state'], value: unknown }} RecordAnswer */

export function recordDialog() {
  const dialog = find(document, '#record', HTMLDialogElement);
  const part = (/** @type {string} */ name) => find(dialog, `#record-${name}`, HTMLElement);
  const verdict = part('verdict');
  /** @type {Wanted | undefined} */
  let shown;
  let turn = 0;

  const show = async (/** @type {Wanted} */ wanted) => {
    shown = wanted;
    turn += 1;
    const mine = turn;
    const { collection, rkey } = wanted;
    const kind = part('kind');
    kind.textContent = kindName(collection);
    kind.dataset['kind'] = kindOf(collection);
    part('title').textContent = wanted.summary ?? kindName(collection);
    part('uri').textContent = `at://${page.did}/${collection}/${rkey}`;
    for (const name of ['cid', 'state', 'ours', 'pds', 'source']) part(name).textContent = '';
    verdict.textContent = '';
    delete verdict.dataset['same'];
    if (!dialog.open) dialog.showModal();

    const path = `${encodeURIComponent(collection)}/${encodeURIComponent(rkey)}`;
    const ours = await asked(`/sandbox/records/${path}`);
    if (mine !== turn) return;
    if (ours === undefined || ours.status !== 200) {
      part('state').textContent = t('records.missing');
      return;
    }
    part('uri').textContent = ours.body.uri;
    part('cid').textContent = ours.body.cid;
    part('state').textContent = t(`records.state.${ours.body.state}`);
    part('ours').replaceChildren(pretty(ours.body.value, openUri));
    if (ours.body.state === 'staged') {
      part('source').textContent = t('records.pds.waiting');
      return;
    }

    part('source').textContent = t('records.pds.asking');
    const query = new URLSearchParams({ repo: page.did, collection, rkey });
    const direct = await asked(`${page.pds}/xrpc/com.atproto.repo.getRecord?${query}`);
    const answer = direct ?? (await asked(`/sandbox/pds/${path}`));
    if (mine !== turn) return;
    if (answer === undefined) {
      part('source').textContent = t('records.pds.failed');
      return;
    }
    part('source').textContent = t(
      direct === undefined ? 'records.pds.relayed' : 'records.pds.direct',
    );
    part('pds').replaceChildren(pretty(answer.body, openUri));
    const same = answer.body.cid === ours.body.cid;
    verdict.dataset['same'] = String(same);
    verdict.textContent = t(same ? 'records.same' : 'records.different');
  };

  const openUri = (/** @type {string} */ uri) => {
    const [did, collection, rkey] = uri.slice('at://'.length).split('/');
    if (did === page.did && collection && rkey) void show({ collection, rkey });
  };

  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
    const target = event.target instanceof Element ? event.target.closest('button') : null;
    if (target?.dataset['close'] !== undefined) dialog.close();
    const copied = target?.dataset['copy'];
    if (target && copied) void copy(target, find(dialog, `#${copied}`, HTMLElement).textContent);
  });
  dialog.addEventListener('close', () => {
    shown = undefined;
    turn += 1;
  });

  return {
    show,
    openUri,
    /** Looks again when the record on show has just been published. @param {SandboxRecord} record */
    changed: (record) => {
      if (record.collection === shown?.collection && record.rkey === shown.rkey) void show(record);
    },
  };
}

/**
 * @param {string} url
 * @returns {Promise<{ status: number, body: RecordAnswer } | undefined>}
 */
async function asked(url) {
  try {
    const response = await fetch(url);
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined;
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} text
 */
async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.classList.add('done');
    button.setAttribute('aria-label', t('records.copied'));
    button.addEventListener(
      'blur',
      () => {
        button.classList.remove('done');
        button.setAttribute('aria-label', t('records.copy'));
      },
      { once: true },
    );
  } catch {
    // Some browsers allow it on secure pages only; the text can still be selected.
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null/gi;

/**
 * JSON in colours; at:// addresses of this repository lead on to their records.
 * @param {unknown} value
 * @param {(uri: string) => void} openUri
 */
function pretty(value, openUri) {
  const json = JSON.stringify(value, null, 2);
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const match of json.matchAll(TOKENS)) {
    const [token, colon] = match;
    fragment.append(json.slice(from, match.index));
    from = match.index + token.length;
    if (token.startsWith(`"at://${page.did}/`)) {
      fragment.append(recordLink(JSON.parse(token), token, openUri));
    } else {
      const kind = colon !== undefined ? 'name' : token.startsWith('"') ? 'string' : 'other';
      fragment.append(make('span', { class: `json-${kind}` }, token));
    }
  }
  fragment.append(json.slice(from));
  return fragment;
}
