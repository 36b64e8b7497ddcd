import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

/** A message as plain data: the router adds what every message carries (nobody is pinged). */
export type Reply = {
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  files?: { name: string; description: string; bytes: Uint8Array }[];
};

export type OptionValue = string | number | boolean;

/**
 * What someone asks, typed as a slash command or pressed as a button: a button is the same command with other options.
 */
export type Request = {
  command: string;
  subcommand: string | null;
  options: Readonly<Record<string, OptionValue>>;
  guildId: string;
  /** The company that the guild is connected to; null where it isn't connected to any. */
  companyId: string | null;
  /** The asker's clock is not used: this is when the interaction was received. */
  now: Date;
};

/** A request in a guild that is connected. */
export type CompanyRequest = Request & { companyId: string };

type Payload = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Most commands speak of a company, and are refused by the router where there is none. */
export type Command<Context> =
  | { payload: Payload; needsCompany: true; run(request: CompanyRequest, context: Context): Promise<Reply> }
  | { payload: Payload; needsCompany: false; run(request: Request, context: Context): Promise<Reply> };
