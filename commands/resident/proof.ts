/** A page that proves what the person did: by a secret link, public if they say so, until they end it. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { beginProof, endProof, publishProof } from '../../src/services/proof/keep-proof.ts';

function begin(talk: Talk, wanted: Parameters<typeof beginProof>[2]) {
  const begun = beginProof(talk.context, talk.person.id, wanted);
  if (!begun.ok) return replyWith(talk.refusal(begun.refusal));
  const proof = begun.value;
  if (proof === undefined) return replyWith(talk.say('proof.no-page'), [choice(talk, 'history')]);
  return replyWith(
    talk.say(proof.isPublic ? 'proof.public-link' : 'proof.link', { url: proof.url }),
  );
}

/** A page that is there becomes public; else one begins that is. */
function publish(talk: Talk) {
  const published = publishProof(talk.context, talk.person.id);
  if (!published.ok) return replyWith(talk.refusal(published.refusal));
  if (published.value) return replyWith(talk.say('proof.public'));
  return begin(talk, { isNew: false, isPublic: true });
}

export const proof: Command = {
  name: 'proof',
  who: 'resident',
  exact: true,
  summary: 'proof.summary',
  run: (talk, args) => {
    if (talk.read.is('off', args)) {
      const wasThere = endProof(talk.context, talk.person.id);
      return replyWith(talk.say(wasThere ? 'proof.ended' : 'proof.none'));
    }
    if (talk.read.is('public', args)) return publish(talk);
    return begin(talk, { isNew: talk.read.is('renew', args), isPublic: false });
  },
};
