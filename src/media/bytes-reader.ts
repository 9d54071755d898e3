/** Reads numbers from bytes that a stranger made: what is beyond their end is undefined. */
export function createBytesReader(bytes: Uint8Array) {
  const littleEndian = (at: number, length: number): number | undefined => {
    if (at < 0 || at + length > bytes.length) return undefined;
    let value = 0;
    for (let next = length - 1; next >= 0; next -= 1) value = value * 256 + (bytes[at + next] ?? 0);
    return value;
  };
  const bigEndian = (at: number, length: number): number | undefined => {
    if (at < 0 || at + length > bytes.length) return undefined;
    let value = 0;
    for (let next = 0; next < length; next += 1) value = value * 256 + (bytes[at + next] ?? 0);
    return value;
  };
  /** One character a byte; shorter where the bytes end. */
  const text = (at: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(at, at + length));
  return { length: bytes.length, littleEndian, bigEndian, text };
}

export type BytesReader = ReturnType<typeof createBytesReader>;
