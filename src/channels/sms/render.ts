/** Makes of a Reply the texts that go out: plain letters, at most three segments each. */
import type { Reply } from '../../conversation/message.ts';
import { type SmsPiece, smsPieces } from '../../lib/sms-pieces.ts';

/** Phones that show no photos are told where the photos are. */
function withLink({ text, pictures, link }: Reply, publicUrl: string): string {
  return pictures.length === 0 || link === undefined ? text : `${text}\n${publicUrl}${link.path}`;
}

/** The texts that a reply becomes, in order. */
export const render = (reply: Reply, publicUrl: string): readonly SmsPiece[] =>
  smsPieces(withLink(reply, publicUrl));
