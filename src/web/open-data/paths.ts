/** Where the files of open data are. */
import type { OpenDataName } from '../../records/open-data/files.ts';
import { OPEN_DATA_NAMES } from '../../records/open-data/files.ts';
import { FORMAT_NAMES, type FormatName } from './formats.ts';

export const openDataPath = (name: OpenDataName, format: FormatName): string =>
  `/export/${name}.${format}`;

/** All there are. */
export const OPEN_DATA_PATHS: readonly string[] = OPEN_DATA_NAMES.flatMap((name) =>
  FORMAT_NAMES.map((format) => openDataPath(name, format)),
);
