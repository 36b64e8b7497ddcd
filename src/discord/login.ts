import {
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  HTTPError,
} from 'discord.js';
import { UserError } from '../domain/user-error.ts';

export type LoginOptions = { token: string; apiUrl: string; timeoutMs: number };

const WRONG_TOKEN = 'Discord doesn’t accept DISCORD_TOKEN: copy the bot’s token again from the Developer Portal.';

const CLOSED: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: WRONG_TOKEN,
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refuses the gateway intents of this bot (4014): enable them in the Developer Portal, under Bot.',
};

/**
 * Logs in and waits until every guild is known.
 *
 * @throws UserError with one line where the operator can help; the client is destroyed then.
 */
export async function logIn(client: Client, options: LoginOptions): Promise<void> {
  const readiness = untilReady(client, options.timeoutMs);
  try {
    await Promise.all([client.login(options.token), readiness.promise]);
  } catch (error) {
    await client.destroy();
    throw explained(error, options.apiUrl);
  } finally {
    readiness.forget();
  }
}

function untilReady(client: Client, timeoutMs: number): { promise: Promise<void>; forget(): void } {
  let forget = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    const refused = ({ code }: { code: number }) =>
      reject(new UserError(CLOSED[code] ?? `Discord closed the gateway connection for good (${code}).`));
    const late = () => reject(new UserError(`Discord’s gateway wasn’t ready within ${timeoutMs / 1000} s.`));
    const timer = setTimeout(late, timeoutMs);
    client.once(Events.ClientReady, () => resolve());
    client.once(Events.ShardDisconnect, refused);
    forget = () => {
      clearTimeout(timer);
      client.off(Events.ShardDisconnect, refused);
    };
  });
  return { promise, forget: () => forget() };
}

function explained(error: unknown, apiUrl: string): unknown {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return new UserError(WRONG_TOKEN);
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return new UserError(`Discord’s API at ${apiUrl} refuses the login: it answers ${error.status}.`);
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const unreachable = typeof code === 'string' && /^(E[A-Z_]+|UND_ERR_\w+)$/.test(code);
  return unreachable ? new UserError(`Discord’s API can’t be reached at ${apiUrl} (${code}).`) : error;
}
