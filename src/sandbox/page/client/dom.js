// Building and finding elements. Text only ever enters the page as text.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] `true` sets an empty one
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/**
 * @param {string} name of an icon in the page
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * The element that must be there.
 * @template {HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * Text with its web and at:// addresses made into links.
 * @param {string} text
 * @param {(uri: string) => void} openRecord what a click on an at:// address does
 * @returns {DocumentFragment}
 */
export function linked(text, openRecord) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(/(?:https?|at):\/\/[^\s<>"']+/g)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, '');
    fragment.append(text.slice(from, match.index), link(address, openRecord));
    from = match.index + address.length;
  }
  fragment.append(text.slice(from));
  return fragment;
}

/**
 * @param {string} address
 * @param {(uri: string) => void} openRecord
 */
function link(address, openRecord) {
  return address.startsWith('at://')
    ? recordLink(address, address, openRecord)
    : make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
}

/**
 * A link to a record: opens its dialog, or its JSON in another tab for those who ask for that.
 * @param {string} uri at:// address
 * @param {string} text
 * @param {(uri: string) => void} openRecord
 */
export function recordLink(uri, text, openRecord) {
  const [, collection = '', rkey = ''] = uri.slice('at://'.length).split('/');
  const href = `/sandbox/records/${encodeURIComponent(collection)}/${encodeURIComponent(rkey)}`;
  const anchor = make('a', { href }, text);
  anchor.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openRecord(uri);
  });
  return anchor;
}
