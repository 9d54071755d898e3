// Draws the photo that the sandbox offers as evidence: people cleaning up a creek.
// `node scripts/draw-photo.ts` writes src/sandbox/page/client/photo.jpg, the same bytes every time.
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const WIDTH = 1280;
const HEIGHT = 960;
const FILE = 'src/sandbox/page/client/photo.jpg';
const FILE_BYTES_MAX = 60_000;

/** Numbers from 0 to 1 that look random and are the same at every run. */
function createScatter(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
const scatter = createScatter(28);
const between = (low: number, high: number): number => Math.round(low + (high - low) * scatter());
const many = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');

const tree = (x: number, y: number, size: number, leaf: string): string => `
  <path d="M${x - size * 0.06} ${y} L${x - size * 0.03} ${y - size} h${size * 0.06} L${x + size * 0.06} ${y} Z" fill="#5b4636"/>
  ${many(9, () => {
    const radius = (size * between(24, 40)) / 100;
    const dx = (size * between(-38, 38)) / 100;
    const dy = (size * between(-150, -78)) / 100;
    return `<circle cx="${x + dx}" cy="${y + dy}" r="${radius}" fill="${leaf}" opacity="0.82"/>`;
  })}`;

const reeds = (x: number, y: number): string =>
  many(9, () => {
    const foot = x + between(-26, 26);
    const tip = foot + between(-14, 14);
    const top = y - between(44, 92);
    return `<path d="M${foot} ${y} Q${foot} ${(y + top) / 2} ${tip} ${top}" stroke="#4e7d46" stroke-width="4" fill="none" stroke-linecap="round"/>`;
  });

const bag = (x: number, y: number, size: number): string => `
  <path d="M${x} ${y} q${-size * 0.62} ${-size * 0.05} ${-size * 0.45} ${-size * 0.62} q${size * 0.1} ${-size * 0.3} ${size * 0.36} ${-size * 0.36}
    l${size * 0.02} ${-size * 0.14} h${size * 0.16} l${size * 0.02} ${size * 0.14} q${size * 0.3} ${size * 0.06} ${size * 0.38} ${size * 0.36} q${size * 0.16} ${size * 0.58} ${-size * 0.49} ${size * 0.62} Z" fill="#2f3a4a"/>
  <path d="M${x - size * 0.26} ${y - size * 0.55} q${size * 0.04} ${-size * 0.2} ${size * 0.2} ${-size * 0.3}" stroke="#62708a" stroke-width="${size * 0.05}" fill="none" stroke-linecap="round"/>`;

type Looks = { readonly shirt: string; readonly skin: string; readonly hat: string };

/** A volunteer who bends forward with a litter picker; `side` 1 looks right, -1 left. */
const volunteer = (x: number, y: number, scale: number, side: 1 | -1, looks: Looks): string => `
  <g transform="translate(${x} ${y}) scale(${scale * side} ${scale})">
    <ellipse cx="4" cy="2" rx="46" ry="9" fill="#20301f" opacity="0.28"/>
    <path d="M-16 0 L-10 -78 L14 -78 L10 0 h-16 L1 -56 L-2 0 Z" fill="#38465c"/>
    <path d="M-20 4 h24 v-11 h-24 Z M4 4 h24 v-11 h-24 Z" fill="#d9a441"/>
    <path d="M-15 -74 Q-20 -142 16 -156 Q44 -150 40 -118 L20 -72 Z" fill="${looks.shirt}"/>
    <path d="M26 -140 Q58 -122 72 -88" stroke="${looks.shirt}" stroke-width="19" fill="none" stroke-linecap="round"/>
    <path d="M70 -92 L78 -78" stroke="${looks.skin}" stroke-width="13" stroke-linecap="round"/>
    <path d="M74 -96 L112 -8" stroke="#c9ccd1" stroke-width="5" stroke-linecap="round"/>
    <path d="M112 -8 l-7 12 M112 -8 l9 10" stroke="#c9ccd1" stroke-width="4" stroke-linecap="round"/>
    <circle cx="38" cy="-172" r="23" fill="${looks.skin}"/>
    <path d="M14 -178 Q20 -206 44 -202 Q62 -196 62 -180 L80 -174 L78 -168 L14 -174 Z" fill="${looks.hat}"/>
  </g>`;

const scene = `
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#8ec5e8"/><stop offset="1" stop-color="#fdeccb"/>
    </linearGradient>
    <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#a9d8e6"/><stop offset="0.5" stop-color="#4d9db8"/><stop offset="1" stop-color="#2b6f8e"/>
    </linearGradient>
    <linearGradient id="near" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#86b460"/><stop offset="1" stop-color="#4c7d3f"/>
    </linearGradient>
  </defs>
  <rect width="${WIDTH}" height="480" fill="url(#sky)"/>
  <circle cx="980" cy="150" r="120" fill="#fff3c9" opacity="0.45"/>
  <circle cx="980" cy="150" r="66" fill="#fff6d8"/>
  <path d="M0 330 Q180 210 380 300 T760 280 T1280 250 V500 H0 Z" fill="#9dbfa6"/>
  <path d="M0 400 Q240 300 520 380 T1000 350 T1280 370 V540 H0 Z" fill="#7dab7c"/>
  ${many(15, (index) => tree(30 + index * 90 + between(-24, 24), 452 + between(-8, 12), between(62, 96), ['#5f9157', '#6f9f55', '#4f8250'][index % 3] ?? '#5f9157'))}
  <path d="M0 440 Q320 400 640 430 T1280 420 V960 H0 Z" fill="url(#near)"/>
  <path d="M610 428 C700 470 500 520 600 580 C760 660 380 720 300 960 H1010 C1010 800 900 700 800 620 C680 540 770 480 668 427 Z" fill="#c9b88d"/>
  <path d="M622 428 C706 472 528 522 624 582 C772 664 440 724 372 960 H940 C946 806 852 704 768 624 C660 540 744 478 658 427 Z" fill="url(#water)"/>
  ${many(26, (index) => {
    const y = 520 + index * 17;
    const x = 640 + between(-20, 60) - (index - 8) * 2;
    const width = 14 + index * 2.4;
    return `<path d="M${x} ${y} q${width / 2} -5 ${width} 0" stroke="#e4f5f8" stroke-width="${2 + index / 9}" fill="none" opacity="0.6" stroke-linecap="round"/>`;
  })}
  <path d="M470 452 Q640 380 810 448 L810 470 Q640 404 470 474 Z" fill="#9a7b5c"/>
  <path d="M478 430 Q640 356 802 426" stroke="#7c6049" stroke-width="7" fill="none"/>
  ${many(8, (index) => `<path d="M${490 + index * 43} ${450 - Math.sin(((index + 0.4) / 8) * Math.PI) * 52} v-26" stroke="#7c6049" stroke-width="6"/>`)}
  ${tree(130, 700, 190, '#54894a')}
  ${tree(1180, 660, 170, '#6a9a4e')}
  ${many(90, () => `<circle cx="${between(0, 330)}" cy="${between(640, 950)}" r="${between(3, 6)}" fill="${['#f6e27f', '#f3f0e6', '#e79a8b'][between(0, 2)]}" opacity="0.85"/>`)}
  ${many(70, () => `<circle cx="${between(1000, 1280)}" cy="${between(640, 950)}" r="${between(3, 6)}" fill="${['#f6e27f', '#f3f0e6', '#c58fd0'][between(0, 2)]}" opacity="0.85"/>`)}
  <ellipse cx="600" cy="770" rx="44" ry="17" fill="#8d9490"/><ellipse cx="690" cy="850" rx="62" ry="22" fill="#7d8581"/>
  <ellipse cx="588" cy="764" rx="26" ry="8" fill="#a9afab"/><ellipse cx="676" cy="842" rx="34" ry="9" fill="#9ba29e"/>
  ${volunteer(500, 640, 0.72, 1, { shirt: '#e0704c', skin: '#8d5a3b', hat: '#f2d16b' })}
  ${volunteer(905, 672, 0.8, -1, { shirt: '#f0b541', skin: '#e3b08b', hat: '#37658f' })}
  ${volunteer(285, 838, 1.32, 1, { shirt: '#3f8fb5', skin: '#c68c63', hat: '#e8e3d3' })}
  ${bag(178, 852, 110)}
  ${bag(1010, 700, 74)}
  ${bag(1062, 716, 62)}
  ${reeds(392, 930)}${reeds(968, 900)}${reeds(1024, 948)}${reeds(470, 800)}${reeds(806, 640)}
</svg>`;

const photo = await sharp(Buffer.from(scene)).flatten().blur(0.7).jpeg({ quality: 74 }).toBuffer();
if (photo.length > FILE_BYTES_MAX) throw new Error(`The photo has ${photo.length} bytes.`);
await writeFile(FILE, photo);
console.log(`${FILE}: ${photo.length} bytes`);
