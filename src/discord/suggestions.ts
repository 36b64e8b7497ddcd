import { setTimeout as delay } from 'node:timers/promises';
import type { APIApplicationCommandOptionChoice, AutocompleteInteraction } from 'discord.js';
import { askerOf } from './asker.ts';
import type { Command, Suggest } from './command.ts';

export type Choice = APIApplicationCommandOptionChoice<string>;

/** Suggestions can't be deferred: without them in time somebody types the value without help. */
const suggestWithinMs = 2000;

/** What Discord takes at most. */
const limits = { choices: 25, characters: 100 };

type Parts<Context> = { context: Context; companyOf(guildId: string): Promise<string | null> };

/** What is offered while an option is typed; nothing in a server that isn't connected, or when it takes too long. */
export async function suggestions<Context>(
  interaction: AutocompleteInteraction,
  command: Command<Context> | undefined,
  parts: Parts<Context>,
): Promise<Choice[]> {
  if (!command?.suggest || !interaction.guildId) return [];
  const late = new AbortController();
  const nothing = delay(suggestWithinMs, [], { signal: late.signal }).catch(() => []);
  const found = ask(interaction, interaction.guildId, command.suggest, parts);
  const choices = await Promise.race([found, nothing]).finally(() => late.abort());
  return choices.slice(0, limits.choices).filter(({ name, value }) => fits(name) && fits(value));
}

async function ask<Context>(
  interaction: AutocompleteInteraction,
  guildId: string,
  suggest: Suggest<Context>,
  { context, companyOf }: Parts<Context>,
): Promise<Choice[]> {
  const companyId = await companyOf(guildId);
  const { name: option, value: typed } = interaction.options.getFocused(true);
  const subcommand = interaction.options.getSubcommand(false);
  const asker = askerOf(interaction);
  return companyId === null ? [] : suggest({ companyId, subcommand, option, typed, asker }, context);
}

function fits(text: string): boolean {
  return text.length > 0 && text.length <= limits.characters;
}
