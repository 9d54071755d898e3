// A Bluesky network on this machine: a real PDS and the PLC directory that the tests share, with an AppView and a chat service
// of the tests behind the PDS, and people with accounts on it.
import { AtpAgent, RichText } from '@atproto/api';
import { startAppView } from './appview.ts';
import { joinNetwork } from './bluesky-deliveries.ts';
import { startChatService } from './chat-service.ts';
import { startOwnPds } from './own-pds.ts';
import { sharedServers } from './shared-network.ts';

export type BlueskyNetwork = Awaited<ReturnType<typeof startBlueskyNetwork>>;

export async function startBlueskyNetwork(handle = 'creek.test') {
  const directory = await sharedServers();
  const appView = await startAppView();
  const chat = await startChatService(directory.plc);
  const own = await startOwnPds({
    plc: directory.plc,
    handle,
    appView: { url: appView.url, did: 'did:web:appview.invalid' },
  });
  appView.follow(own.pds);
  chat.follow(own.pds);
  const city = new AtpAgent({ service: own.pds });
  await city.login({ identifier: handle, password: own.password });
  return {
    ...own,
    appView,
    chat,
    city,
    /** Somebody with an account here. */
    join: (name: string) => joinNetwork(own.pds, `${name}.test`),
    /** A password for programs, with or without access to private messages. */
    appPassword: async (privileged: boolean) => {
      const { data } = await city.com.atproto.server.createAppPassword({
        name: `city ${privileged}`,
        privileged,
      });
      return data.password;
    },
    /** Mentions what is written `@handle`. */
    words: async (text: string) => {
      const rich = new RichText({ text });
      await rich.detectFacets(new AtpAgent({ service: own.pds }));
      return { text: rich.text, ...(rich.facets === undefined ? {} : { facets: rich.facets }) };
    },
    close: async () => {
      await own.close();
      await appView.close();
      await chat.close();
    },
  };
}
