import { createRequire } from 'node:module';
import type { Json } from '../ingest/delivery.ts';

/** As much of `@whop/api` as is used: its own types bring the browser's globals into the whole compilation. */
type ServerSdk = {
  oauth: {
    getAuthorizationUrl(request: { state: string; redirectUri: string; scope: ['read_user'] }): { url: string };
    exchangeCode(answer: {
      code: string;
      redirectUri: string;
    }): Promise<{ ok: true; tokens: { access_token: string } } | { ok: false }>;
  };
  access: {
    checkIfUserHasAccessToCompany(question: {
      userId: string;
      companyId: string;
    }): Promise<{ accessLevel: 'admin' | 'customer' | 'no_access' }>;
  };
  websockets: { client(): SocketClient };
};

/** Connects, and connects again whenever the connection ends, until `disconnect` is called. */
export type SocketClient = {
  on(event: 'connect' | 'disconnect', listener: () => void): unknown;
  on(event: 'message', listener: (message: Json) => void): unknown;
  connect(): void;
  disconnect(): void;
};

type ServerSdkOptions = {
  appApiKey: string;
  appId: string;
  /** Has to be given to listen to the websocket. */
  onBehalfOfUserId?: string;
  /** `https://api.whop.com` */
  apiOrigin?: string;
  /** `https://ws-prod.whop.com` */
  websocketOrigin?: string;
};

const require = createRequire(import.meta.url);

/** Whop's older client, for what its REST client can't do. */
export function createServerSdk(options: ServerSdkOptions): ServerSdk {
  const { WhopServerSdk }: { WhopServerSdk: (options: ServerSdkOptions) => ServerSdk } = require('@whop/api');
  return WhopServerSdk(options);
}
