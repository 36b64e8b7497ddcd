import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  ChannelType,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

/**
 * A message as plain data: what every message carries (nobody is pinged) is added on the way. Embeds refer to a file as
 * `attachment://name`; in a message that is updated in place the reply replaces all that was there.
 */
export type Reply = {
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  files?: { name: string; description: string; bytes: Uint8Array }[];
};

export type OptionValue = string | number | boolean;

/** What is asked, wherever: a slash command's words, or all that a button's custom_id carries. */
export type Question = {
  command: string;
  subcommand: string | null;
  options: Readonly<Record<string, OptionValue>>;
};

/** Who asks, and what they may do in the channel that they ask in, as Discord's bits. */
export type Asker = { userId: string; permissions: bigint };

/** A channel that was chosen as an option. */
export type ChosenChannel = { id: string; name: string; type: ChannelType };

/**
 * What someone asks, typed as a slash command or pressed as a button: a button is the same command with other options.
 */
export type Request = Question & {
  asker: Asker;
  /** By the name of the option; none behind a button. */
  channels: Readonly<Record<string, ChosenChannel>>;
  guildId: string;
  /** Where it is asked; null where Discord doesn't say. */
  channelId: string | null;
  /** The company that the guild is connected to; null where it isn't connected to any. */
  companyId: string | null;
  /** When Discord received the interaction. */
  now: Date;
};

/** A request in a guild that is connected. */
export type CompanyRequest = Request & { companyId: string };

export type Payload = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Answers what could be meant by what is typed into an option so far. */
export type Suggest<Context> = (
  typing: { companyId: string; subcommand: string | null; option: string; typed: string; asker: Asker },
  context: Context,
) => Promise<{ name: string; value: string }[]>;

type Buttons = {
  /** Subcommands that only buttons ask for. */
  buttons?: readonly string[];
  /** Whether a button of it leaves its message as it is: it is answered to whoever presses. */
  answersAside?: true;
};

/** Most commands speak of a company, and are refused by the router where there is none. */
export type Command<Context> =
  | (Buttons & {
      payload: Payload;
      needsCompany: true;
      run(request: CompanyRequest, context: Context): Promise<Reply>;
      /** For options with `autocomplete`. */
      suggest?: Suggest<Context>;
    })
  | (Buttons & {
      payload: Payload;
      needsCompany: false;
      run(request: Request, context: Context): Promise<Reply>;
      /** For options with `autocomplete`, where there is a company all the same. */
      suggest?: Suggest<Context>;
    });
