// The whole loop through the sandbox as it starts, over its HTTP alone, and then what the public
// record says about it: fetched from the PDS, verified, and worked out without the program.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { OPEN_DATA_FILES, OPEN_DATA_NAMES } from '../../src/records/open-data/files.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { auditTransfers, referencesIn } from '../support/audit.ts';
import { findCanaries } from '../support/canaries.ts';
import { parseCsv } from '../support/csv.ts';
import { faultOf, isTheirs } from '../support/hypercerts.ts';
import { CODE, WAYS } from '../support/loop-ways.ts';
import { metadataIn } from '../support/metadata.ts';
import { hugePng } from '../support/picture-bytes.ts';
import { twoColours } from '../support/pictures.ts';
import { picturesIn, publicPlaces } from '../support/public-places.ts';
import { fetchRepository, type PublicRepository } from '../support/repository.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';

const PHOTO = new Uint8Array(
  readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)),
);
const CREDITS = 20;
const COFFEE = 10;

let sandbox: TestSandbox;
let repository: PublicRepository;
let network: { pds: string; plc: string; did: string };
/** What nobody but their owners may ever see. */
const secrets: string[] = [];
const participants: string[] = [];

const jpeg = (bytes: Uint8Array) => ({ mediaType: 'image/jpeg', bytes });

/** A photo as phones make them: with place, owner and a note in it. */
const photoWithPlace = async () =>
  await twoColours(640, 480)
    .withExif({
      IFD0: { Artist: 'Ana Secret', ImageDescription: 'at 1234 Secret Street' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 52/1 30/1', GPSLongitudeRef: 'W' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Secret Street</secret></x:xmpmeta>')
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  sandbox = await openSandbox();
  network = await sandbox.network();
});
afterAll(() => sandbox.stop());

describe('a resident gets through the whole loop', () => {
  it.each(WAYS)('$title', async ({ channel, person, language: { words, answers }, ...way }) => {
    const resident = sandbox.phone(channel, person);
    const organizer = sandbox.phone('sms', SEEDED.organizer);
    const cafe = sandbox.phone('sms', SEEDED.redeemer);
    secrets.push(person);

    expect(await resident.ask(words.hi)).toMatch(answers.consent);
    expect(await resident.ask('OK')).toMatch(answers.tasks);
    expect(await resident.ask(words.tasks)).toMatch(answers.tasks);
    const announcement = (await resident.messages()).find(
      (message) => message.public === true && message.text.includes('Clean up'),
    );
    const answer = way.answers && announcement !== undefined ? { replyTo: announcement.id } : {};
    expect(await resident.ask(way.join, answer)).toMatch(answers.joined);

    // Pictures that cannot be used are refused with the reason, one sentence each.
    const bad = [
      [jpeg(PHOTO.slice(0, 5000)), answers.broken],
      [jpeg(new TextEncoder().encode('<html>not a picture</html>')), answers.noPicture],
      [{ mediaType: 'image/png', bytes: hugePng(9000, 9000) }, answers.tooManyPixels],
    ] as const;
    for (const [media, refused] of bad) {
      expect(await resident.ask(way.show, { ...answer, media: [media] })).toMatch(refused);
    }

    const photo = way.answers || channel === 'sms' ? await photoWithPlace() : PHOTO;
    expect(await resident.ask(way.done, { ...answer, media: [jpeg(photo)] })).toMatch(
      answers.public,
    );
    expect(await resident.ask('OK')).toMatch(answers.sent);

    const [review] = await organizer.say('REVIEW');
    expect(review?.text).toMatch(/1 photo/);
    const approve = review?.choices.find(({ send }) => send.startsWith('APPROVE'))?.send ?? '';
    const before = (await resident.messages()).at(-1)?.id;
    expect(await organizer.ask(approve)).toContain('Approved');
    expect((await resident.messages(before)).map(({ text }) => text).join()).toMatch(
      answers.earned,
    );

    expect(await resident.ask(words.balance)).toMatch(answers.balance);
    expect(await resident.ask(words.offers)).toMatch(answers.offers);
    const code = CODE.exec(await resident.ask(words.redeem))?.[0] ?? '';
    expect(code).toMatch(CODE);
    secrets.push(code);

    const last = (await resident.messages()).at(-1)?.id;
    expect(await cafe.ask(`CONFIRM ${code}`)).toMatch(/^GIVE IT: Coffee, any size/);
    expect((await resident.messages(last)).map(({ text }) => text).join()).toMatch(answers.enjoy);
    expect(await cafe.ask(`confirm ${code.toLowerCase().replace('-', ' ')}`)).toMatch(
      /^DO NOT GIVE IT again/,
    );
    participants.push(/p-[0-9a-z]{12}/.exec(await resident.ask(words.me))?.[0] ?? '');
  });

  it('and a picture that is too big for one message is turned away at the door', async () => {
    const big = randomBytes(10_000_000);
    const response = await sandbox
      .phone('sms', WAYS[0]?.person ?? '')
      .post('DONE 1', { media: [{ mediaType: 'image/png', bytes: big }] });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: 'The body is too big: 12 MB at most.' });
  });
});

describe('the public record of it', () => {
  beforeAll(async () => {
    await sandbox.idle();
    repository = await fetchRepository(network);
  });

  /** Does a record say itself that it was replaced then, or later? */
  const wasReplaced = (record: ReturnType<typeof one>, time: unknown): boolean =>
    Date.parse(String(record?.value['updatedAt'])) >= Date.parse(String(time));
  const one = (uri: string) => repository.records.find((record) => record.uri === uri);

  it('is complete: what the sandbox shows as published is what the PDS has', async () => {
    const shown = await sandbox.records();
    expect(shown.filter(({ state }) => state === 'staged')).toEqual([]);
    expect(new Set(shown.map(({ uri }) => uri))).toEqual(
      new Set(repository.records.map(({ uri }) => uri)),
    );
  });

  it('can be asked for record by record', async () => {
    for (const record of repository.records) {
      expect(await repository.record(record.uri)).toEqual(record);
    }
  });

  it('has every step of every resident, once', () => {
    const count = (collection: string) => repository.of(collection).length;
    expect({
      claims: count(COLLECTIONS.claim),
      evidence: count(COLLECTIONS.evidence),
      reviews: count(COLLECTIONS.review),
      redemptions: count(COLLECTIONS.redemption),
      transfers: count(COLLECTIONS.transfer),
      places: count(COLLECTIONS.location),
      epochs: count(COLLECTIONS.epoch),
      activities: count(COLLECTIONS.activity),
      projects: count(COLLECTIONS.project),
    }).toEqual({
      claims: 3,
      evidence: 3,
      reviews: 3,
      redemptions: 3,
      transfers: 9,
      places: 4,
      epochs: 1,
      // The task's, and all the work in the city.
      activities: 2,
      projects: 1,
    });
    expect(
      repository
        .of(COLLECTIONS.claim)
        .map(({ value }) => value['participant'])
        .toSorted(),
    ).toEqual(participants.toSorted());
  });

  it('leads from the burned credits back to the task, reference by reference', () => {
    const follow = (ref: unknown) => {
      const { uri, cid } = ref as { uri: string; cid: string };
      const found = one(uri);
      expect(found?.cid).toBe(cid);
      return found?.value ?? {};
    };
    /** Evidence refers to its claim as it stood then. */
    const claimOf = ({ subjects, createdAt }: Readonly<Record<string, unknown>>) => {
      const { uri, cid } = (subjects as { uri: string; cid: string }[])[1] ?? { uri: '', cid: '' };
      const found = one(uri);
      expect(found?.cid === cid || wasReplaced(found, createdAt)).toBe(true);
      return found?.value ?? {};
    };
    const redemptions = repository.of(COLLECTIONS.redemption).map(({ value }) => value);
    const resolved = redemptions.map(({ burn, offer, redeemer }) => {
      expect(follow(offer)).toMatchObject({ title: 'Coffee, any size', credits: COFFEE });
      expect(follow(redeemer)).toMatchObject({ name: 'Northside Café' });
      const burned = follow(burn);
      expect(burned).toMatchObject({ code: 'burn', kind: 'post', amount: COFFEE });
      const hold = follow(burned['resolves']);
      expect(hold).toMatchObject({ code: 'hold', kind: 'pending', amount: COFFEE });
      return hold['debit'];
    });
    expect(resolved).toEqual(participants.map((participant) => `person:${participant}`));

    const issues = repository
      .of(COLLECTIONS.transfer)
      .filter(({ value }) => value['code'] === 'issue');
    const earned = issues.map(({ value: issue }) => {
      const review = follow(issue['reference']);
      expect(review).toMatchObject({ decision: 'approved', reasonCode: 'verified' });
      const evidence = follow(review['evidence']);
      const claim = claimOf(evidence);
      expect(claim['status']).toBe('verified');
      expect(follow(claim['task'])).toMatchObject({ number: 1, credits: CREDITS });
      expect(issue).toMatchObject({ amount: CREDITS, credit: `person:${claim['participant']}` });
      return claim['participant'];
    });
    expect(earned).toEqual(participants);
  });

  it('is valid for whoever reads Hypercerts, by the validators of their package', () => {
    const theirs = repository.records
      .map(({ uri, value }) => ({ collection: uri.split('/')[3] ?? '', value }))
      .filter(({ collection }) => isTheirs(collection));
    expect(theirs.length).toBeGreaterThanOrEqual(3 + 3 + 3 + 1);
    for (const { collection, value } of theirs) {
      expect(faultOf(collection, value), collection).toBeUndefined();
    }
  });

  it('refers to nothing that is not there', () => {
    const references = referencesIn(repository.records);
    expect(references.length).toBeGreaterThan(20);
    for (const { in: from, ref } of references) {
      const found = one(ref.uri);
      expect(found).toBeDefined();
      // Whoever did the work is added to it; what referred to it before goes on doing so.
      if (ref.uri.includes(`/${COLLECTIONS.activity}/`) || found?.cid === ref.cid) continue;
      // A claim is replaced at every step, and says when: the version of then is meant.
      expect(ref.uri).toContain(`/${COLLECTIONS.claim}/`);
      const { updatedAt, createdAt } = one(from)?.value ?? {};
      expect(wasReplaced(found, updatedAt ?? createdAt)).toBe(true);
    }
  });

  it('is an unbroken chain of transfers that gives the balances', () => {
    const audit = auditTransfers(repository.of(COLLECTIONS.transfer));
    for (const participant of participants) {
      expect(audit.balance(`person:${participant}`)).toEqual({
        posted: CREDITS - COFFEE,
        held: 0,
      });
    }
    const [redeemed] = audit.names.filter((name) => name.startsWith('redeemed:'));
    const [issued] = audit.names.filter((name) => name.startsWith('issuance:'));
    expect(audit.balance(redeemed ?? '').posted).toBe(3 * COFFEE);
    expect(audit.balance(issued ?? '').posted).toBe(-3 * CREDITS);
    expect(audit.open).toEqual([]);
  });

  it('shows the photos, and nothing that was hidden in them', async () => {
    const blobs = picturesIn(repository);
    expect(blobs).toHaveLength(3);
    expect(metadataIn(await photoWithPlace())).toEqual(
      expect.arrayContaining(['exif', 'gps', 'xmp']),
    );
    for (const cid of blobs) {
      const bytes = await repository.blob(cid);
      expect(cidOfBlob(bytes)).toBe(cid);
      expect((await sharp(bytes).metadata()).format).toBe('jpeg');
      expect(metadataIn(bytes)).toEqual([]);
      expect(Buffer.from(bytes).includes('Secret')).toBe(false);
      expect(createHash('sha256').update(bytes).digest('hex')).not.toBe(
        createHash('sha256').update(PHOTO).digest('hex'),
      );
    }
  });

  it('is where the photos are now: none waits on the disk any more', () => {
    expect(sandbox.spooled()).toEqual([]);
  });

  it('is what the files of open data say, record by record', async () => {
    for (const name of OPEN_DATA_NAMES) {
      const published = repository
        .of(OPEN_DATA_FILES[name].collection)
        .map(({ uri, cid }) => [uri, cid])
        .toSorted();
      expect(published.length).toBeGreaterThan(0);
      const objects = JSON.parse(await sandbox.text(`/export/${name}.json`)) as {
        uri: string;
        cid: string;
      }[];
      expect(objects.map(({ uri, cid }) => [uri, cid])).toEqual(published);
      const [, ...lines] = parseCsv(await sandbox.text(`/export/${name}.csv`));
      expect(lines.map(([uri, cid]) => [uri, cid])).toEqual(published);
    }
    expect(await sandbox.text('/metrics')).toContain(
      'city_open_data_files_total{file="tasks.csv",ending="complete"} 1',
    );
  });

  it('names nobody: no number, address or code is in it, nor anywhere else in public', async () => {
    const phones = [...Object.values(SEEDED), '+15105550199'];
    const canaries = [...secrets, ...phones, '555-0199', 'ana@mail.example', 'Ana Secret'].map(
      (secret) => ({ what: secret, secret }),
    );
    const places = await publicPlaces(sandbox, repository);
    for (const [place, content] of Object.entries(places)) {
      expect([place, findCanaries(content, canaries)]).toEqual([place, []]);
    }
    expect(places['the records']).toContain('Three bags.');
    expect(JSON.parse(await sandbox.text('/healthz'))).toMatchObject({
      ok: true,
      inbox: { backlog: 0, parked: 0 },
      outbox: { dead: 0 },
      records: { backlog: 0 },
    });
  });
});
