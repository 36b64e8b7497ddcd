import type { WhopSignIn } from '../ingest/guild-linking.ts';
import { createServerSdk } from './server-sdk.ts';

export type SignInOptions = {
  apiKey: string;
  appId: string;
  /** `https://api.whop.com` */
  origin: string;
  /** Where Whop sends people back to; the app's settings at Whop have to list it. */
  redirectUri: string;
};

const timeoutMs = 15_000;

/** Whop's OAuth, and who is an admin of a company, by Whop's own client. */
export function createWhopSignIn({ apiKey, appId, origin, redirectUri }: SignInOptions): WhopSignIn {
  const sdk = createServerSdk({ appApiKey: apiKey, appId, apiOrigin: origin });
  return {
    signInUrl: (state) => sdk.oauth.getAuthorizationUrl({ state, redirectUri, scope: ['read_user'] }).url,
    async whoIs(code) {
      const answer = await sdk.oauth.exchangeCode({ code, redirectUri });
      return answer.ok ? userOf(answer.tokens.access_token, origin) : null;
    },
    async isAdmin(userId, companyId) {
      const { accessLevel } = await sdk.access.checkIfUserHasAccessToCompany({ userId, companyId });
      return accessLevel === 'admin';
    },
  };
}

/** The client has no call for this, but names the address. Nothing else of the profile is looked at, nor is the token kept. */
async function userOf(token: string, origin: string): Promise<string | null> {
  const response = await fetch(new URL('/api/v5/me', origin), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) return null;
  const profile: unknown = await response.json();
  const id: unknown = typeof profile === 'object' && profile !== null ? Reflect.get(profile, 'id') : null;
  return typeof id === 'string' && id.startsWith('user_') ? id : null;
}
