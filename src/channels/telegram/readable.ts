/**
 * Proves that what was read from an update has the types that the rest expects. Telegram promises
 * them, but what breaks the promise would fail at every repeat and hold up all that comes after it.
 */
import type { Parsed, Pressed, Said } from './parse.ts';

/** An update with other types than Telegram's. It is acknowledged, since a repeat is no better. */
export class UnreadableUpdate extends Error {
  override readonly name = 'UnreadableUpdate';
  constructor(options?: ErrorOptions) {
    super('An update of Telegram has other types than it should: it is left out.', options);
  }
}

const NUMERIC_ID = /^-?\d{1,16}$/;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);
const isNumberOrNone = (value: unknown): boolean => value === undefined || Number.isFinite(value);

/** Whether everything in it is of the type that `Parsed` names. */
export function isReadable(parsed: Parsed): boolean {
  switch (parsed.kind) {
    case 'said':
      return isReadableSaid(parsed);
    case 'pressed':
      return isReadablePress(parsed);
    case 'posted':
      return (
        Number.isSafeInteger(parsed.chat) &&
        Number.isFinite(parsed.sentAt) &&
        isTextOrNone(parsed.signature)
      );
    case 'moved':
      return Number.isSafeInteger(parsed.from) && Number.isSafeInteger(parsed.to);
    default:
      return true;
  }
}

const isReadableSaid = (said: Said): boolean =>
  NUMERIC_ID.test(said.sender) &&
  isNumberOrNone(said.sentAt) &&
  isNumberOrNone(said.changedAfterMs) &&
  isTextOrNone(said.languageCode) &&
  Number.isSafeInteger(said.message) &&
  isText(said.text) &&
  said.pictures.every(isText) &&
  isTextOrNone(said.album) &&
  isReadablePlace(said.place);

const isReadablePress = (pressed: Pressed): boolean =>
  isText(pressed.queryId) &&
  NUMERIC_ID.test(pressed.sender) &&
  isTextOrNone(pressed.languageCode) &&
  isText(pressed.data) &&
  (pressed.under === undefined ||
    (Number.isSafeInteger(pressed.under.chat) && Number.isSafeInteger(pressed.under.message))) &&
  isReadablePlace(pressed.place);

const isReadablePlace = (place: Said['place']): boolean =>
  place === null ||
  (Number.isSafeInteger(place.chat) &&
    Number.isSafeInteger(place.message) &&
    (place.thread === undefined || Number.isSafeInteger(place.thread)));
