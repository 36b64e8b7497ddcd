import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import { z } from 'zod';
import type { Payload } from '../../discord/command.ts';
import type { Pace } from '../time/demo-clock.ts';

/** What goes between the page and the demo, as JSON. */
export type ScreenMessage = {
  id: string;
  channelId: string;
  /** The community's time, in ms. */
  at: number;
  /** What was typed, such as `/stats revenue`; null for what the bot said by itself. */
  used: string | null;
  /** Whether only the asker sees it. */
  ephemeral: boolean;
  content: string;
  /** As the command made them, but pictures have an address here. */
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  /** All of the message's files; embeds show some of them. */
  files: { url: string; name: string; description: string }[];
};

export type ScreenChannel = { id: string; name: string; topic: string };

export type ScreenState = {
  community: string;
  channels: readonly ScreenChannel[];
  commands: readonly Payload[];
  messages: readonly ScreenMessage[];
  pace: Pace;
  /** The instant after which nothing happens any more. */
  until: number;
};

/** What is pushed to the page. */
export type ScreenEvent = { type: 'message'; message: ScreenMessage } | { type: 'pace'; pace: Pace };

const name = z.string().min(1).max(32);
const id = z.string().min(1).max(40);
const words = { command: name, subcommand: name.nullable() };

/** What the page asks. */
export const asks = {
  command: z.object({
    ...words,
    channelId: id,
    options: z.record(name, z.union([z.string().max(6000), z.number(), z.boolean()])),
  }),
  button: z.object({ messageId: id, customId: z.string().max(100) }),
  suggestion: z.object({ ...words, option: name, typed: z.string().max(200) }),
  pace: z.object({ speed: z.number().min(0).max(604_800) }),
};
