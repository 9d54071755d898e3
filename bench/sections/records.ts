/** The public record: writing it, giving it away as open data, proving it, and coming back from it. */
import type { Amounts } from '../amounts.ts';
import { benchAudit } from '../audit.ts';
import type { OpenDataFigures } from '../open-data.ts';
import { percent, print, whole } from '../print.ts';
import { figuresOf } from '../programs.ts';
import { benchPublisher } from '../publisher.ts';
import { benchRebuild, type RebuildFigures } from '../rebuild.ts';
import type { Section } from './section.ts';

const indented = (line: string) => print(`   ${line}`);

export async function showRecords(amounts: Amounts): Promise<Section> {
  print('e  the publisher');
  const { publisher, plain } = await benchPublisher(indented);
  print();
  await showOpenData(amounts.rows);
  print();
  const proof = await showAudit(amounts);
  return {
    aims: [`e is ${percent(publisher, plain)} of plain applyWrites (aim: 85 %)`, ...proof.aims],
  };
}

async function showOpenData(rows: number): Promise<void> {
  const figures = await figuresOf<OpenDataFigures>('bench/open-data.ts', [rows]);
  const { csvRowsPerSecond, jsonRowsPerSecond, megabytesBefore, megabytesMax } = figures;
  print(
    `g  open data, ${whole(rows)} rows   CSV ${whole(csvRowsPerSecond)} rows/s   JSON ${whole(jsonRowsPerSecond)} rows/s   ${whole(megabytesMax - megabytesBefore)} MB more than before they were read`,
  );
}

async function showAudit({ recordsAudited, audits }: Amounts): Promise<Section> {
  print(`h  the audit of a repository of ${whole(recordsAudited)} records`);
  let rebuilt: RebuildFigures | undefined;
  const { audit, verify } = await benchAudit(
    recordsAudited,
    indented,
    audits,
    async (repository) => {
      rebuilt = await benchRebuild(repository);
    },
  );
  const { recordsPerSecond = 0, peakMegabytes = 0, databaseMegabytes = 0 } = rebuilt ?? {};
  print(
    `i  the rebuild of the same: ${whole(recordsPerSecond)} records/s   peak ${whole(peakMegabytes)} MB   ${whole(databaseMegabytes)} MB of database`,
  );
  return {
    aims: [
      `h is ${percent(audit.recordsPerSecond, verify?.recordsPerSecond ?? 0)} of verifyRepoCar (aim: 50 %)`,
      `h takes ${whole(audit.peakMegabytes)} MB (aim: under 600)`,
      `i takes ${whole(peakMegabytes)} MB (aim: under 600)`,
    ],
  };
}
