/** More than any phone's photo; less than what costs the machine its memory. */
export const INPUT_BYTES_MAX = 10_000_000;
/** What pictures may take on the disk while they wait for the public record. */
export const SPOOL_BYTES_MAX = 2_000_000_000;
/** What pictures leave free on the disk, so that the database can go on. */
export const DISK_FREE_BYTES_MIN = 300_000_000;
