// Facts about a page that decide whether everybody can use it.
import type { Page } from 'playwright-core';

/** What is wrong on the page, in words; nothing where nothing is. */
export const accessFaults = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const faults: string[] = [];
    // What is on its way is looked at when it has arrived; what never rests, as it is.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const visible = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const describe = (element: Element) =>
      `<${element.tagName.toLowerCase()} id="${element.id}" class="${element.className}">`;

    const nameOf = (element: Element) => {
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
      const labels = isField ? [...(element.labels ?? [])] : [];
      return (
        element.getAttribute('aria-label') ||
        document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ||
        labels.map((label) => label.textContent).join(' ') ||
        element.textContent ||
        ''
      ).trim();
    };
    for (const element of document.querySelectorAll(
      'a, button, input:not([type="hidden"]), textarea, summary, dialog',
    )) {
      if (nameOf(element) === '') faults.push(`${describe(element)} has no name`);
    }
    for (const image of document.querySelectorAll('img')) {
      if (!image.hasAttribute('alt')) faults.push(`${describe(image)} has no alternative text`);
      if (!image.hasAttribute('width'))
        faults.push(`${describe(image)} moves others when it loads`);
    }

    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) {
      faults.push(`the id "${id}" occurs more than once`);
    }
    if (document.documentElement.lang === '') faults.push('the page names no language');
    if (document.title === '') faults.push('the page has no title');
    if (document.querySelectorAll('h1').length !== 1) faults.push('there is not exactly one h1');
    if (document.querySelectorAll('main').length !== 1)
      faults.push('there is not exactly one main');

    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth)
      faults.push(`the page is ${scrollWidth - clientWidth} px too wide`);

    // Contrast of text as the browser draws it, against the nearest ground that is not see-through.
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const rgba = (color: string) => {
      context?.clearRect(0, 0, 1, 1);
      if (context) context.fillStyle = color;
      context?.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] =
        context?.getImageData(0, 0, 1, 1).data ?? [];
      return { red, green, blue, alpha: alpha / 255 };
    };
    const over = (front: ReturnType<typeof rgba>, back: ReturnType<typeof rgba>) => {
      const mix = (a: number, b: number) => a * front.alpha + b * (1 - front.alpha);
      return {
        red: mix(front.red, back.red),
        green: mix(front.green, back.green),
        blue: mix(front.blue, back.blue),
        alpha: 1,
      };
    };
    const groundOf = (element: Element): ReturnType<typeof rgba> => {
      const color = rgba(getComputedStyle(element).backgroundColor);
      if (color.alpha === 1) return color;
      const behind = element.parentElement;
      return over(color, behind === null ? rgba('white') : groundOf(behind));
    };
    const luminance = ({ red, green, blue }: ReturnType<typeof rgba>) => {
      const linear = (value: number) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const opacityOf = (element: Element | null): number =>
      element === null
        ? 1
        : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement);

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const poor = new Set<string>();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || node.textContent?.trim() === '' || !visible(element)) continue;
      if (element.closest('noscript, .unseen, svg') !== null) continue;
      const style = getComputedStyle(element);
      const ground = groundOf(element);
      const ink = rgba(style.color);
      const drawn = over({ ...ink, alpha: ink.alpha * opacityOf(element) }, ground);
      const [light = 0, dark = 0] = [luminance(drawn), luminance(ground)].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      const large = Number.parseFloat(style.fontSize) >= 24;
      if (ratio < (large ? 3 : 4.5)) {
        poor.add(
          `${describe(element)} "${node.textContent?.trim().slice(0, 30)}" has contrast ${ratio.toFixed(2)}`,
        );
      }
    }
    return [...faults, ...poor];
  });

/** Texts of these elements that do not fit and are cut off. */
export const cutOff = (page: Page, selectors: readonly string[]): Promise<string[]> =>
  page.evaluate(
    (wanted) =>
      wanted
        .flatMap((selector) => [...document.querySelectorAll(selector)])
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.textContent),
    [...selectors],
  );
