// Audits a city on paper as a stranger would: its CAR, its key from a directory, nothing else.
import { createHash } from 'node:crypto';
import { type AuditOptions, audit } from '../../src/audit/audit.ts';
import { bytesOf } from '../../src/audit/bytes.ts';
import type { Report } from '../../src/audit/report.ts';
import { createNetwork } from '../../src/node/audit-network.ts';
import type { PaperCity } from './paper-city.ts';
import { startPaperNetwork } from './paper-network.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest();

export type PaperAudit = Awaited<ReturnType<typeof openPaperAudit>>;

export async function openPaperAudit() {
  const paper = await startPaperNetwork();
  const options: AuditOptions = {
    ...createNetwork({ plcUrl: paper.url, blueskyService: paper.url }),
    sha256,
    clock: { now: () => 0 },
  };
  const know = (city: Pick<PaperCity, 'did' | 'key'>): void => {
    paper.accounts.set(city.did, { ...paper.accounts.get(city.did), key: city.key.did() });
  };
  return {
    paper,
    options,
    know,
    /** The report on the bytes of a CAR. */
    car: (car: Uint8Array, more: Partial<AuditOptions> = {}): Promise<Report> =>
      audit({ car: bytesOf(car) }, { ...options, ...more }),
    /** Signs the city as it is now, and audits it. */
    city: async (city: PaperCity, more: Partial<AuditOptions> = {}): Promise<Report> => {
      know(city);
      const { car } = await city.sign();
      return await audit({ car: bytesOf(car) }, { ...options, ...more });
    },
    account: (name: string, more: Partial<AuditOptions> = {}): Promise<Report> =>
      audit({ account: name }, { ...options, ...more }),
    close: paper.close,
  };
}

/** Lists what is broken: each code with the address, in order. */
export const brokenIn = (report: Report): readonly string[] =>
  report.findings.list.map(({ code, uri }) => `${code} ${uri}`);
