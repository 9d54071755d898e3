// How somebody could be reached is hidden however it is spelt; what residents need to read stays.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personalDataIn } from '../../src/audit/privacy.ts';
import { namesPrivate, publicWords } from '../../src/domain/public-words.ts';

const publish = (text: string): string => publicWords(text, 2000);

describe('a phone number is hidden', () => {
  it.each([
    '510-555-0130',
    '(510) 555-0130',
    '+1 510 555 0130',
    '1-510-555-0130',
    '5105550130',
    '510.555.0130',
    '510 . 555 . 0130',
    '510 ... 555 ... 0130',
    '510x555x0130',
    '510 - 555 punto 0130',
    '510 dot 555 dot 0130',
    '510 then 555 and 0130',
    '510 y luego 555 y luego 0130',
    '510, después 555, después 0130',
    '55 y 1234 y 5678',
    '510/555/0130',
    '510_555_0130',
    '510*555*0130',
    '510|555|0130',
    '5 1 0 5 5 5 0 1 3 0',
    '510     555     0130',
    '510\u00a0555\u00a00130',
    '510\u3000555\u30000130',
    '510\u2009555\u202f0130',
    '510\u200b555\u200b0130',
    '51\u200d0555\u2060013\ufeff0',
    '510\u00ad555\u00ad0130',
    '５１０ー５５５ー０１３０',
    '５１０－５５５－０１３０',
    '（５１０）５５５−０１３０',
    '510ー555ー0130',
    '510ｰ555ｰ0130',
    '510ㅡ555ㅡ0130',
    '510–555–0130',
    '510—555—0130',
    '510−555−0130',
    '510‐555‑0130',
    '510⁃555⁃0130',
    '510〜555〜0130',
    '510・555・0130',
    '510·555·0130',
    '510•555•0130',
    '510。555。0130',
    '٥١٠-٥٥٥-٠١٣٠',
    '۵۱۰-۵۵۵-۰۱۳۰',
    '५१०-५५५-०१३०',
    '৫১০-৫৫৫-০১৩০',
    '๕๑๐-๕๕๕-๐๑๓๐',
    '五一〇五五五〇一三〇',
    '五一〇ー五五五ー〇一三〇',
    '𝟓𝟏𝟎-𝟓𝟓𝟓-𝟎𝟏𝟑𝟎',
    '𝟻𝟷𝟶 𝟻𝟻𝟻 𝟶𝟷𝟹𝟶',
    '⑤①⓪⑤⑤⑤⓪①③⓪',
    '❺❶⓿❺❺❺⓿❶❸⓿',
    '➎➊🄌➎➎➎🄌➊➌🄌',
    '⑸⑴0⑸⑸⑸0⑴⑶0',
    '5️⃣1️⃣0️⃣5️⃣5️⃣5️⃣0️⃣1️⃣3️⃣0️⃣',
    '⁵¹⁰⁵⁵⁵⁰¹³⁰',
    '₅₁₀₅₅₅₀₁₃₀',
    '51O-555-O13O',
    '5lO 555 Ol3O',
    '510-555-01ЗО 510-555-0130',
    'five one zero five five five zero one three zero',
    'cinco uno cero cinco cinco cinco cero uno tres cero',
    '510 dash 555 dash 0130',
    '510 guion 555 guion 0130',
    '+52 55 1234 5678',
    '+52 1 55 1234 5678',
    '55-1234-5678',
    '+44 20 7946 0958',
    '06 12 34 56 78',
    '612 345 678',
    '555 0130',
  ])('%s', (number) => {
    const published = publish(`Call me: ${number} please`);
    expect(published).toMatch(/^Call me: ?\[…\].*please$/u);
    expect(published).not.toMatch(/[\p{Nd}\p{No}]/u);
    expect(personalDataIn(published, 'US')).toBeUndefined();
    expect(namesPrivate(number)).toBe(true);
  });
});

describe('an address or an account is hidden', () => {
  it.each([
    'ana@example.org',
    'ana.bell+bot@mail.example.org',
    'ANA@EXAMPLE.ORG',
    'ana＠example.org',
    'ana﹫example.org',
    'ana@example．org',
    'ana@example。org',
    'ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ',
    'аnа@example.org',
    'ana@ехаmple.org',
    'an\u200ba@exam\u200bple.org',
    'ana\u00ad@example.org',
    'ana (at) example.org',
    'ana [at] example.org',
    'ana(at)example(dot)org',
    'ana [at] example [dot] org',
    'ana at example dot org',
    'ana arroba example punto com',
    'ana arroba example.com',
    'ana@example dot com',
    'ana @ example.org',
    '𝐚𝐧𝐚@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐨𝐫𝐠',
    'ⓐⓝⓐ@ⓔⓧⓐⓜⓟⓛⓔ.ⓞⓡⓖ',
    'josé@correo.example',
    'mailto:ana@example.org',
    't.me/ana_bell',
    'ｔ．ｍｅ／ana_bell',
    't\u200b.me/ana_bell',
    'т.mе/ana_bell',
    'telegram.me/ana_bell',
    'Telegram: @ana_bell',
    'Ｔｅｌｅｇｒａｍ：＠ana_bell',
    'Tеlеgrаm: @ana_bell',
    'tg ＠ana_bell',
    'telegram: ana_bell',
    'tg://user?id=7000931337',
    'wa.me/15105550130',
    'tel:+15105550130',
    'ｔｅｌ：+15105550130',
  ])('%s', (address) => {
    const published = publish(`Write: ${address} please`);
    expect(published).toContain('[…]');
    expect(published).not.toMatch(/bell|15105550130|example|7000931337|ｅｘａｍｐｌｅ/u);
    expect(personalDataIn(published, 'US')).toBeUndefined();
    expect(namesPrivate(address)).toBe(true);
  });

  it.each([
    '7GK2-M4QX',
    '７ＧＫ２－Ｍ４ＱＸ',
    '7GK2ーM4QX',
    '7GK2—M4QX',
    '7GK2-М4QХ',
    '7GK2 M4QX',
    '７gk２‑m４qx',
  ])('a code: %s', (code) => {
    expect(publish(`Mine is ${code} here`)).toBe('Mine is […] here');
  });
});

describe('what residents need to read stays', () => {
  it.each([
    '2026-11-28',
    '2026-11-28 09:00',
    '2026-11-28 09:00-11:30',
    '2026/11/28 9:00',
    '2026. 11. 28.',
    '2026年11月28日 9時',
    '28.11.2026 and 29.11.2026',
    '28/11/2026 9-11',
    '11/28/2026 9:00 – 12:30',
    '11/28/26 at 9',
    '11/28-11/30, 9:00',
    '28/11 - 30/11',
    '２０２６－１１－２８',
    'Sat 28 Nov 2026 10:00–12:00',
    'Nov 28, 2026, 9:00',
    '9:00-11:00, 14:30-16:00',
    '9.30-11.30',
    '10.30 - 12.45',
    '0900-1130',
    '1000-1200 Saturday',
    '10:00, 11:00, 12:00',
    'from 2026-11-28T09:00 on',
    'the years 2024-2025',
    '1990 – 1995',
    '1200 University Ave',
    '1200 University Ave, Berkeley, CA 94702',
    '1234 Shattuck Ave, Berkeley, CA 94709-1234',
    '94704-1234',
    '2180 Milvia St, 94704',
    'Av. Reforma 222, 06600 CDMX',
    'Carrera 7 # 71-21, 110231',
    '1234, 1236 and 1238 Oak St',
    'Unit 12, 1200 University Ave #3',
    'Bus 51A to 8th St, stop 55123, lines 6 & 7',
    '12 bags, 15 people, 30 lbs',
    '12 bags 15 people 30 lbs',
    '3 bags, 1,200 liters',
    '20,000 leaves',
    '1,234,567 in total, $12.50 each',
    '1.234.567 hojas',
    '1’234’567 leaves',
    '1 000 000 leaves',
    '12,500.00 dollars',
    '12.500,00 pesos',
    '$1,250.50 and $3,000.00',
    '5,000-10,000 people',
    '5.000 - 10.000 personas',
    '25% - 50% - 75%',
    '21-19, 21-17, 21-15',
    '9½ hours, 3½ bags, 2½ km',
    '3.5 km, 12.75 kg, 8 m',
    '3 × 4 = 12',
    '1º 2º 3º 4º 5º 6º 7º grado',
    '5l 10l 12l 20l',
    'Room 101, floor 2, 30 seats',
    '37.8715, -122.2730',
    '37.8715,-122.2730',
    '(37.87, -122.27)',
    '37.87151234, -122.27301234',
    '-33.4489, -70.6693',
    '19.4326° N, 99.1332° W',
    '19.4326N 99.1332W',
    '37°52\'17"N 122°16\'21"W',
    '37° 52′ 17″ N, 122° 16′ 21″ W',
    '37º52\'17"N 122º16\'21"O',
    'N 37° 52.283 W 122° 16.350',
    'geo:37.8715,-122.2730',
    'geo:37.871512,-122.273012?z=15',
    'https://maps.google.com/?q=37.871512,-122.273012',
    'https://www.google.com/maps/@37.871512,-122.273012,17z',
    'lat 37.871512 lon -122.273012',
    '−33.4489, −70.6693',
    'Thanks @berkeley.test',
    'Meet at berkeley.example, at the gate',
    'Look at the red dot on the map',
    'Busca el punto rojo en el mapa',
    'Telegram: write us there',
    'One or two bags, three at most',
    'uno o dos lugares, tres a lo más',
    'work-team, well-done, DONE 12',
  ])('%s', (text) => {
    expect(publish(text)).toBe(text);
    expect(namesPrivate(text)).toBe(false);
    expect(personalDataIn(text, 'US')).toBeUndefined();
  });
});

describe('coordinates are no way around', () => {
  it.each([
    '510.5550130, 130.1',
    'lat 510.5550130',
    'lat 51.05550130',
    '51.05,55.0130',
    '55.50130, 51.0',
    '51.05 -55.0130',
    '90.555,150.130',
    '90.001,180.130',
    '37.871.622.0130',
    '37.871,622.0130',
    '37.8715, -122.2730, 510 555 0130',
    '37.8715, -122.2730 5105550130',
  ])('%s', (text) => {
    expect(publish(text)).toContain('[…]');
    expect(publish(text)).not.toMatch(/0130/);
  });
});

it('a longitude that would pass for a code stays in coordinates, and goes without', () => {
  expect(publish('The gate at N37.8839 W112.9048')).toBe('The gate at N37.8839 W112.9048');
  expect(namesPrivate('N37.8839 W112.9048')).toBe(false);
  expect(publish('Take W112.9048')).toBe('Take […]');
  expect(publish('N37.8839 W112-9048')).toContain('[…]');
});

it('coordinates stay, however they are written, alone and in a sentence', () => {
  const places = fc.integer({ min: 3, max: 8 });
  const degrees = (max: number) => fc.double({ min: 0, max, noNaN: true });
  const written = fc.constantFrom<(north: string, east: string, south: boolean) => string>(
    (north, east) => `${north},-${east}`,
    (north, east) => `-${north}, ${east}`,
    (north, east) => `${north}, ${east}`,
    (north, east) => `${north} -${east}`,
    (north, east) => `(${north}; -${east})`,
    (north, east, south) => `${north} ${south ? 'S' : 'N'} ${east} W`,
    (north, east, south) => `${north}° ${south ? 'S' : 'N'}, ${east}° E`,
    (north, east) => `N${north} W${east}`,
    (north, east) => `lat ${north} lon -${east}`,
    (north, east) => `latitude: ${north}, longitude: -${east}`,
    (north, east) => `geo:${north},-${east}`,
  );
  const around = fc.constantFrom(
    (words: string) => words,
    (words: string) => `The gate at ${words}`,
    (words: string) => `Live Oak Park (${words})`,
    (words: string) => `${words}: bring gloves`,
  );
  const side = fc.boolean();
  fc.assert(
    fc.property(
      fc.tuple(degrees(90), degrees(180), places, written, side, around),
      ([latitude, longitude, count, write, south, put]) => {
        const text = put(write(latitude.toFixed(count), longitude.toFixed(count), south));
        expect(publish(text)).toBe(text);
        expect(namesPrivate(text)).toBe(false);
        expect(personalDataIn(text, 'US')).toBeUndefined();
      },
    ),
    { numRuns: 2000 },
  );
});

it('ten digits with two points and a comma are hidden, unless they are a place to a hundred meters', () => {
  const number = fc.stringMatching(/^[2-9]\d\d[2-9]\d\d\d{4}$/);
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
  // A comma and a blank make a list, a hyphen after a blank can stand between two amounts.
  const sign = fc.constantFrom(',', ';', ',-', ' ');
  fc.assert(
    fc.property(number, cuts, sign, (digits, places, between) => {
      const [first = 0, second = 0, third = 0] = places.toSorted((one, other) => one - other);
      const parts = [digits.slice(0, first), digits.slice(first, second)];
      const others = [digits.slice(second, third), digits.slice(third)];
      const isPlace =
        Number(parts.join('.')) <= 90 &&
        Number(others.join('.')) <= 180 &&
        [parts[1], others[1]].every((decimals = '') => decimals.length >= 3);
      const text = `call ${parts.join('.')}${between}${others.join('.')} now`;
      if (isPlace) return;
      expect(publish(text)).toContain('[…]');
      expect(namesPrivate(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('ten digits are hidden in any script and with any one sign between them', () => {
  const zeros = ['0', '０', '٠', '۰', '०', '০', '๐', '𝟎', '𝟘', '𝟬', '𝟶'].map(
    (zero) => zero.codePointAt(0) ?? 0,
  );
  const sign = fc.constantFrom(...'-ー–—−‐.,/·•・_ \u00a0\u3000\u200b\u00ad〜'.split(''), '');
  const digits = fc.stringMatching(/^[2-9]\d\d[2-9]\d\d\d{4}$/);
  fc.assert(
    fc.property(digits, fc.constantFrom(...zeros), sign, (number, zero, between) => {
      const written = [...number].map((digit) => String.fromCodePoint(zero + Number(digit)));
      const parts = [written.slice(0, 3), written.slice(3, 6), written.slice(6)];
      const text = parts.map((part) => part.join('')).join(between);
      expect(publish(`call ${text} now`)).toBe('call […] now');
    }),
    { numRuns: 1000 },
  );
});
