/** Makes of a Reply the texts that go out: plain letters, at most three segments each. */
import type { Reply } from '../../conversation/message.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { type SmsPiece, smsPieces } from '../../lib/sms-pieces.ts';

/** The texts that a reply becomes, in order. Phones show no photos: they are told where these are. */
export const render = ({ text, pictures, link }: Reply, publicUrl: string): readonly SmsPiece[] =>
  smsPieces(
    pictures.length === 0 || !link ? text : `${text}\n${publicAddress(publicUrl, link.path)}`,
  );
