export const ROOT: string;
export const BUNDLE: string;
export const STAMP: string;
export const BESIDES_SOURCES: readonly string[];
export function digestOf(root: string, files: readonly string[]): string;
export function undiciMajor(): string;
export function bundleState(root: string): 'current' | 'old' | 'missing';
