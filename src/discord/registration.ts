import { type Client, Routes } from 'discord.js';
import type { Log } from '../log.ts';
import type { Payload } from './command.ts';

/** What Discord fills in where a payload says nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  type: 1,
  required: false,
  autocomplete: false,
  nsfw: false,
  integration_types: [0],
};

const COMPARED = new Set([
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'type',
  'options',
  'required',
  'choices',
  'value',
  'autocomplete',
  'channel_types',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'default_member_permissions',
  'contexts',
  'integration_types',
  'nsfw',
]);

const SETS = new Set(['channel_types', 'contexts', 'integration_types']);

/** Registers the commands for all guilds, unless Discord has them already: it allows 200 creations a day. */
export async function registerCommands(client: Client<true>, payloads: readonly Payload[], log: Log): Promise<void> {
  const route = Routes.applicationCommands(client.application.id);
  const registered = await client.rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
  const unchanged = sameCommands(registered, payloads);
  if (!unchanged) await client.rest.put(route, { body: payloads });
  log.info({ commands: payloads.length, unchanged }, 'commands registered');
}

/** Whether what Discord has means the same: its ids, versions and defaults, and the order of commands, say nothing. */
export function sameCommands(registered: unknown, payloads: readonly Payload[]): boolean {
  return Array.isArray(registered) && canonicalList(registered) === canonicalList(payloads);
}

function canonicalList(commands: readonly unknown[]): string {
  return JSON.stringify(commands.map((command) => JSON.stringify(canonical(command))).sort());
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name]) => COMPARED.has(name))
    .map(([name, field]): [string, unknown] => [name, canonicalField(name, field)])
    .filter(([name, field]) => !saysNothing(name, field));
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function canonicalField(name: string, field: unknown): unknown {
  if (name.endsWith('_localizations')) return Object.entries(field ?? {}).sort();
  if (SETS.has(name) && Array.isArray(field)) return [...field].sort();
  return canonical(field);
}

function saysNothing(name: string, field: unknown): boolean {
  const empty = Array.isArray(field) && field.length === 0;
  return field === null || field === undefined || empty || JSON.stringify(field) === JSON.stringify(DEFAULTS[name]);
}
