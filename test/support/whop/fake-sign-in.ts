import { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whop's OAuth and its GraphQL on loopback, as far as a sign-in goes. */
export type FakeSignIn = {
  origin: string;
  /** The user that a code stands for; each code is good once. */
  codes: Map<string, string>;
  /** Which users are what of which company: `user_a biz_1`. */
  access: Map<string, 'admin' | 'customer'>;
  stop(): Promise<void>;
};

export const appId = 'app_fake';

export async function startFakeSignIn(apiKey: string): Promise<FakeSignIn> {
  const codes = new Map<string, string>();
  const access: FakeSignIn['access'] = new Map();
  const tokens = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { pathname } = new URL(request.url ?? '', 'http://fake');
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (pathname === '/api/oauth/token') {
      const { code, client_id, client_secret, redirect_uri } = Object(await bodyOf(request));
      const user = codes.get(String(code));
      codes.delete(String(code));
      const isOurs =
        client_id === appId && client_secret === apiKey && String(redirect_uri).endsWith('/link/whop/callback');
      if (user === undefined || !isOurs) return send(400, { error: 'invalid_grant' });
      tokens.set(`token_${user}`, user);
      return send(200, { access_token: `token_${user}`, expires_in: 3600, created_at: 0 });
    }
    if (pathname === '/api/v5/me') {
      const id = tokens.get(bearer);
      return id === undefined ? send(401, {}) : send(200, { id, email: `${id}@example.com` });
    }
    if (pathname.startsWith('/public-graphql/') && bearer === apiKey) {
      const { variables } = Object(await bodyOf(request));
      const { userId, companyId } = Object(variables);
      const accessLevel = access.get(`${userId} ${companyId}`) ?? 'no_access';
      return send(200, {
        data: { hasAccessToCompany: { hasAccess: accessLevel !== 'no_access', accessLevel } },
      });
    }
    return send(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    codes,
    access,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString());
}
