import type { Whop } from '@whop/sdk';
import type { Client } from 'discord.js';
import { type Config, parseConfig, requireDiscordToken } from '../config.ts';
import { createClient } from '../discord/client.ts';
import { logIn } from '../discord/login.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { openStoreUnchanged } from '../store/open-store.ts';
import { createWhopClient } from '../whop/rest/client.ts';

/** What is examined; each part is opened where a check asks for it first. */
export type Patient = {
  /** @throws UserError */
  config(): Config;
  /** As it is, without this version's migrations. @throws UserError */
  database(): Promise<Database>;
  /** Logged in as the bot does. @throws UserError */
  discord(): Promise<Client>;
  /** @throws UserError */
  whop(): Whop;
  /** Milliseconds since 1970. */
  now(): number;
  /** Aborted where nobody waits for what it is asked any more. */
  stopping: AbortSignal;
};

/** As much of it as a start looks at. */
export type Starting = Pick<Patient, 'config' | 'database'>;

const loginTimeoutMs = 30_000;

type Environment = Readonly<Record<string, string | undefined>>;
type Parts = { environment: Environment; log: Log; stopping?: AbortSignal; now?: () => number };

export function createPatient(parts: Parts): Patient & { close(): Promise<void> } {
  const { environment, log, stopping = new AbortController().signal, now = Date.now } = parts;
  const closings: (() => Promise<unknown>)[] = [];
  const config = once(() => parseConfig(environment));
  const database = once(async () => {
    const opened = await openStoreUnchanged(config(), log);
    closings.push(opened.stop);
    return opened;
  });
  const discord = once(async () => {
    const givenUp = new AbortController();
    const { apiUrl } = config().discord;
    const client = createClient({ apiUrl, givenUp: givenUp.signal });
    closings.push(async () => {
      givenUp.abort();
      await client.destroy();
    });
    await logIn(client, { token: requireDiscordToken(config()), apiUrl, timeoutMs: loginTimeoutMs });
    return client;
  });
  const whop = once(() => createWhopClient(config().whop));
  const close = async () => {
    for (const closePart of closings.splice(0).reverse()) await closePart();
  };
  return { config, database, discord, whop, now, stopping, close };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
