import { expect, test } from 'vitest';
import { createKeys } from '../../../src/lib/crypto.ts';
import { contextOf } from '../../../src/services/context.ts';
import { acceptInvite, voidInvite } from '../../../src/services/partners/accept-invite.ts';
import { invitePartner } from '../../../src/services/partners/invite-partner.ts';
import { findInvite } from '../../../src/services/partners/revoke.ts';
import { expectOk, refusalOf, TEST_KEY, withCity } from '../../support/city.ts';

test('an invitation from before the key was changed is found and made void like any other', async () => {
  await withCity(({ store, foundation, run, admin, join }) => {
    const { token } = run((context) =>
      expectOk(
        invitePartner(context, admin.id, { kind: 'issuer', name: 'The Issuer', role: 'manager' }),
      ),
    );
    const { random } = foundation;
    const keys = createKeys(new Uint8Array(32).fill(8), random, { previous: TEST_KEY });
    const stranger = join('+15105550142');
    store.transact((tx) => {
      const context = contextOf({ ...foundation, keys }, tx);
      expect(findInvite(context, admin.id, token)?.kind).toBe('invite');
      expect(voidInvite(context, token)).toBe(true);
      expect(refusalOf(acceptInvite(context, stranger.id, token))).toBe('invite-unknown');
    });
  });
});
