/** What health and metrics say of the public record as it is read back from outside. */
import { Gauge, type Registry } from 'prom-client';
import { isoTime } from '../lib/clock.ts';
import { lastSelfAudit } from '../records/self-audit.ts';
import type { Reads } from '../store/store.ts';

type Parts = {
  readonly read: Pick<Reads, 'cursors' | 'pictures' | 'records'>;
  readonly now: () => number;
};

/** Records that are to be put back, and photos that the PDS does not give out. */
const notKept = ({ records, pictures }: Parts['read']) => ({
  toPutBack: records.toPutBack(),
  photosNotKept: pictures.notKept(),
});

export function keptHealth({ read, now }: Parts) {
  const records = notKept(read);
  const last = lastSelfAudit(read.cursors);
  const at = last?.at ?? null;
  return {
    /** False until what was found missing is there again. */
    isKept: records.toPutBack === 0 && records.photosNotKept === 0,
    records,
    selfAudit: {
      last: at === null ? null : isoTime(at),
      ageSeconds: at === null ? null : Math.max(0, Math.round((now() - at) / 1000)),
      findings: last?.findings ?? 0,
      differences: last?.differences ?? 0,
      problem: last?.problem ?? null,
    },
  };
}

/** Gauges are read when somebody asks. */
export function addSelfAuditGauges(registry: Registry, { read, now }: Parts): void {
  const registers = [registry];
  new Gauge({
    name: 'city_self_audit_age_seconds',
    help: 'How long ago the city last audited its own public record; nothing before the first time',
    registers,
    collect() {
      const at = lastSelfAudit(read.cursors)?.at ?? null;
      if (at === null) this.remove();
      else this.set(Math.max(0, (now() - at) / 1000));
    },
  });
  new Gauge({
    name: 'city_self_audit_findings',
    help: 'What the last self-audit found: broken links, and differences from the database',
    labelNames: ['kind'],
    registers,
    collect() {
      const last = lastSelfAudit(read.cursors);
      this.set({ kind: 'broken' }, last?.findings ?? 0);
      this.set({ kind: 'different' }, last?.differences ?? 0);
    },
  });
  new Gauge({
    name: 'city_records_not_kept',
    help: 'What the PDS did not keep: records to put back, and photos that it does not give out',
    labelNames: ['kind'],
    registers,
    collect() {
      const { toPutBack, photosNotKept } = notKept(read);
      this.set({ kind: 'record' }, toPutBack);
      this.set({ kind: 'photo' }, photosNotKept);
    },
  });
}
