// Photos of places that do not exist: each number another one, the same at every run.
import sharp from 'sharp';

const WIDTH = 800;
const HEIGHT = 600;
const GRAIN = 14;

/** A photo as a phone takes it: a scene with the grain of a sensor, as JPEG. */
export async function photoOf(scene: number): Promise<Buffer> {
  const drawn = await sharp(Buffer.from(draw(scene)))
    .flatten()
    .blur(0.8)
    .raw()
    .toBuffer();
  const chance = chances(scene + 1);
  for (let at = 0; at < drawn.length; at += 1) {
    const grain = (chance() + chance() - 1) * GRAIN;
    drawn[at] = Math.min(255, Math.max(0, (drawn[at] ?? 0) + grain));
  }
  return await sharp(drawn, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Numbers from 0 to 1 that look random and are the same at every run. */
function chances(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Sky, land and a dozen or two things in it, as SVG. */
function draw(scene: number): string {
  const chance = chances(scene + 1000);
  const between = (low: number, high: number) => Math.round(low + (high - low) * chance());
  const colour = (low: number, high: number) =>
    `rgb(${between(low, high)},${between(low, high)},${between(low, high)})`;
  const fade = (id: string, first: string, second: string) =>
    `<linearGradient id="${id}" x1="0" y1="0" x2="${chance() * 0.4}" y2="1"><stop offset="0" stop-color="${first}"/><stop offset="1" stop-color="${second}"/></linearGradient>`;
  const horizon = between(200, 420);
  const hill = `Q${between(100, 300)} ${horizon - between(20, 140)} ${between(350, 500)} ${horizon - between(-20, 60)}`;
  const things = Array.from({ length: between(8, 30) }, () => {
    const [x, y, size] = [between(0, WIDTH), between(horizon - 120, HEIGHT), between(15, 110)];
    const shapes = [
      `<circle cx="${x}" cy="${y}" r="${size / 1.6}" fill="${colour(0, 255)}"/>`,
      `<rect x="${x}" y="${y}" width="${size}" height="${between(8, 2 * size)}" fill="${colour(0, 255)}"/>`,
      `<path d="M${x} ${y} l${size} ${-2 * size} l${size} ${2 * size} Z" fill="${colour(20, 160)}"/>`,
      `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size / 3}" fill="${colour(0, 255)}" transform="rotate(${between(0, 180)} ${x} ${y})"/>`,
    ];
    return shapes[between(0, 3)];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs>${fade('sky', colour(120, 255), colour(160, 255))}${fade('land', colour(60, 160), colour(20, 110))}</defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>
    <path d="M0 ${horizon} ${hill} T${WIDTH} ${horizon - between(-30, 60)} V${HEIGHT} H0 Z" fill="url(#land)"/>
    ${things.join('')}
  </svg>`;
}
