/** QR codes as drawings: sharp on paper, and no file to fetch. */
import { html, raw } from 'hono/html';
import { create } from 'qrcode';
import type { Html } from './html.ts';

/** The light edge that a reader needs, in modules. Source: ISO/IEC 18004. */
const QUIET = 4;

/** Black on white whatever the colors of the page are; what it leads to is written beside it. */
export function qrCode(text: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const side = size + 2 * QUIET;
  const dark = [...data.keys()]
    .filter((at) => data[at])
    .map((at) => `M${(at % size) + QUIET} ${Math.floor(at / size) + QUIET}h1v1h-1z`);
  return html`<svg class="qr" aria-hidden="true" focusable="false" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${raw(dark.join(''))}"/></svg>`;
}
