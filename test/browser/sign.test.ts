import type { Browser } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeReads } from '../support/home-view.ts';
import { serveWeb } from '../support/web-server.ts';
import { DESKTOP, launch, open, PHONE, screenshotPath } from './support/browser.ts';
import { accessFaults } from './support/facts.ts';

const TOKEN = '7-aaaaaaaaaaaaaaaaaaaaaaaa';
const A4 = { width: 794, height: 1123 };

describe('the sign of a task', () => {
  let browser: Browser;
  let web: Awaited<ReturnType<typeof serveWeb>>;
  beforeAll(async () => {
    browser = await launch();
    const home = homeReads();
    const words = (count: number) => 'Limpieza del arroyo '.repeat(count);
    web = await serveWeb({
      home: {
        ...home,
        task: (number) => {
          const task = home.task(1);
          const long = task && { ...task, title: words(10), place: words(8) };
          return number === 99 ? long : home.task(number);
        },
      },
      seeSign: (_number, token) => (token === TOKEN ? { code: '4821' } : undefined),
    });
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
  });

  it.each([
    { name: 'sign-desktop', lang: 'en', options: { ...DESKTOP, colorScheme: 'light' } },
    { name: 'sign-phone', lang: 'es', options: { ...PHONE, colorScheme: 'light' } },
    { name: 'sign-phone-dark', lang: 'en', options: { ...PHONE, colorScheme: 'dark' } },
    {
      name: 'sign-no-scripts',
      lang: 'en',
      options: { ...DESKTOP, colorScheme: 'light', javaScriptEnabled: false },
    },
  ] as const)('can be read and scanned on a screen: $name', async ({ name, lang, options }) => {
    const url = `${web.url}/tasks/1/sign/${TOKEN}?lang=${lang}`;
    const { page, problems, close } = await open(browser, url, options);
    await page.screenshot({ path: screenshotPath(name), fullPage: true });
    const read = await Promise.all(
      (await page.locator('.qr').all()).map(async (code) => scanned(await code.screenshot())),
    );
    expect(read).toEqual([
      'sms:+15105550199?&body=HERE%204821',
      'https://t.me/citysync_berkeley_bot?start=here-4821',
    ]);
    if (options.javaScriptEnabled !== false) {
      expect(await accessFaults(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(options.viewport?.width ?? 0);
    }
    expect(problems).toEqual([]);
    await close();
  });

  it.each([1, 2, 99])('fits one page of A4 (task %d)', async (number) => {
    const url = `${web.url}/tasks/${number}/sign/${TOKEN}?lang=es`;
    const { page, close } = await open(browser, url, { viewport: A4, colorScheme: 'dark' });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
    expect(Number(width)).toBeCloseTo(595, -1);
    expect(Number(height)).toBeCloseTo(842, -1);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: screenshotPath(`sign-print-${number}`) });
    await close();
  });
});

/** What a picture of a QR code says. */
async function scanned(png: Buffer): Promise<string> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data: new Uint8Array(data) });
}
