import type { Buffer } from 'node:buffer';
import {
  type APIAllowedMentions,
  type APIApplicationCommandOptionChoice,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ComponentType,
} from 'discord.js';
import type { FakeInteraction } from './interactions.ts';
import { EPHEMERAL } from './message-flags.ts';
import type { StoredFile, StoredMessage } from './messages.ts';

type ShownButton = { label: string; customId: string | null; url: string | null; disabled: boolean };

/** A message as people see it, at one moment. */
export type ShownMessage = {
  messageId: string;
  ephemeral: boolean;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  buttons: ShownButton[];
  files: { id: string; name: string; description: string | null; contentType: string; bytes: Buffer }[];
  /** Everything that can be read in the content and the embeds. */
  text: string;
  allowedMentions: APIAllowedMentions | null;
};

export type Answer = {
  interactionId: string;
  /** `acknowledged`: nothing but the first sign of life came; `failed`: not even that within 3 s. */
  outcome: 'shown' | 'acknowledged' | 'failed';
  acknowledgedAfterMs: number | null;
  choices: readonly APIApplicationCommandOptionChoice[] | null;
} & ShownMessage;

const NOTHING: ShownMessage = {
  messageId: '',
  ephemeral: false,
  content: '',
  embeds: [],
  components: [],
  buttons: [],
  files: [],
  text: '',
  allowedMentions: null,
};

/** Waits for the first response, and then for something to be shown. */
export async function answerTo(interaction: FakeInteraction, timeoutMs: number): Promise<Answer> {
  await interaction.until(() => interaction.acknowledgedAfterMs !== null, 3000 - interaction.ageMs);
  const { id, acknowledgedAfterMs } = interaction;
  const shown = () => (interaction.shown?.deleted === false ? interaction.shown : null);
  const done = () => interaction.choices !== null || shown() !== null;
  if (acknowledgedAfterMs !== null) await interaction.until(done, timeoutMs);
  const message = shown();
  const outcome = acknowledgedAfterMs === null ? 'failed' : done() ? 'shown' : 'acknowledged';
  const { choices } = interaction;
  return { interactionId: id, outcome, acknowledgedAfterMs, choices, ...(message ? view(message) : NOTHING) };
}

export function view(message: StoredMessage): ShownMessage {
  const { id, content, embeds, components, files, flags, allowedMentions } = message;
  return structuredClone({
    messageId: id,
    ephemeral: (flags & EPHEMERAL) !== 0,
    content,
    embeds,
    components,
    buttons: buttons(components),
    files: files.map((file): StoredFile => ({ ...file })),
    text: readable(content, embeds),
    allowedMentions,
  });
}

function readable(content: string, embeds: readonly APIEmbed[]): string {
  const parts = embeds.flatMap(({ author, title, description, fields, footer }) => [
    author?.name,
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...parts].filter(Boolean).join('\n');
}

function buttons(components: readonly APIMessageTopLevelComponent[]): ShownButton[] {
  return components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .filter((component) => component.type === ComponentType.Button)
    .map((button) => ({
      label: label(button),
      customId: pressId(button),
      url: 'url' in button ? button.url : null,
      disabled: button.disabled ?? false,
    }));
}

function label(button: APIButtonComponent): string {
  return 'label' in button ? (button.label ?? '') : '';
}

function pressId(button: APIButtonComponent): string | null {
  return 'custom_id' in button ? button.custom_id : null;
}
