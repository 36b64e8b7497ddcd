import { type APIAllowedMentions, type APIEmbed, type APIMessageTopLevelComponent, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { checkForm } from './api-error.ts';

/** A message as clients write it, to a channel or as the answer to an interaction. */
export type MessageBody = {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: APIMessageTopLevelComponent[] | null;
  attachments?: { id: string | number; filename?: string; description?: string }[] | null;
  allowed_mentions?: APIAllowedMentions | null;
  flags?: number | null;
};

const text = (max: number) => z.string().trim().min(1).max(max);
const address = z.string().regex(/^(https?|attachment):\/\/\S+$/);
const media = z.looseObject({ url: address });

const embed = z
  .looseObject({
    title: z.string().max(256).nullish(),
    description: z.string().max(4096).nullish(),
    url: z
      .string()
      .regex(/^https?:/)
      .nullish(),
    timestamp: z.iso.datetime({ offset: true }).nullish(),
    color: z.number().int().min(0).max(0xff_ff_ff).nullish(),
    footer: z.looseObject({ text: text(2048) }).nullish(),
    author: z.looseObject({ name: text(256) }).nullish(),
    image: media.nullish(),
    thumbnail: media.nullish(),
    fields: z
      .array(z.looseObject({ name: text(256), value: text(1024), inline: z.boolean().optional() }))
      .max(25)
      .nullish(),
  })
  .refine((given) => Object.values(given).some((value) => value !== null && value !== undefined && value !== ''), {
    message: 'This field is required',
    path: ['description'],
    params: { code: 'BASE_TYPE_REQUIRED' },
  });

const button = z
  .looseObject({
    type: z.literal(2),
    style: z.number().int().min(1).max(6),
    label: z.string().max(80).optional(),
    custom_id: z.string().min(1).max(100).optional(),
  })
  .refine((given) => (given.style === 5 ? 'url' in given : given.style === 6 || given.custom_id !== undefined), {
    message: 'A custom id or url is required',
    params: { code: 'BASE_TYPE_REQUIRED' },
  })
  .refine((given) => given.style === 6 || given.label || 'emoji' in given, {
    message: 'A button has a label or an emoji',
    params: { code: 'BUTTON_COMPONENT_INVALID' },
  });
const select = z.looseObject({
  type: z.literal([3, 5, 6, 7, 8]),
  custom_id: z.string().min(1).max(100),
  options: z.array(z.unknown()).max(25).optional(),
});
const row = z.looseObject({
  type: z.literal(1),
  components: z
    .array(z.discriminatedUnion('type', [button, select]))
    .min(1)
    .max(5)
    .refine((given) => given.length === 1 || given.every(({ type }) => type === 2), {
      message: 'A select menu needs a row of its own',
      params: { code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED' },
    }),
});

const frame = z.looseObject({
  content: z.string().max(2000).nullish(),
  embeds: z.array(embed).max(10).nullish(),
  attachments: z
    .array(z.looseObject({ id: z.union([z.string(), z.number()]), description: z.string().max(1024).nullish() }))
    .max(10)
    .nullish(),
  allowed_mentions: z.looseObject({ parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional() }).nullish(),
  flags: z.number().int().nullish(),
});
const legacy = frame.extend({ components: z.array(row).max(5).nullish() });
const panel = frame.extend({
  content: z.union([z.null(), z.literal('')]).optional(),
  embeds: z.array(z.never()).nullish(),
  components: z.array(z.looseObject({ type: z.number() })).nullish(),
});

const parsed = z.custom<MessageBody>();

/** @param panelBefore whether the message that is edited is a Components V2 panel, which it stays. */
export function parseMessage(body: unknown, panelBefore = false): MessageBody {
  checkForm(z.looseObject({ flags: z.number().int().nullish() }), body);
  const message = parsed.parse(body);
  const isPanel = panelBefore || ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  checkForm(
    (isPanel ? panel : legacy).superRefine((given, context) => {
      const wrong = (path: string, message: string, code: string) =>
        context.addIssue({ code: 'custom', path: [path], message, params: { code } });
      const ids = valuesOf(given, 'custom_id');
      if (new Set(ids).size < ids.length) {
        wrong('components', 'Component custom id cannot be duplicated', 'COMPONENT_CUSTOM_ID_DUPLICATED');
      }
      if (isPanel && valuesOf(given.components, 'type').length > 40) {
        wrong('components', 'Must be 40 or fewer in total', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED');
      }
      if (embedWeight(message.embeds ?? []) > 6000) {
        wrong('embeds', 'Embed size exceeds maximum size of 6000', 'MAX_EMBED_SIZE_EXCEEDED');
      }
    }),
    body,
  );
  return message;
}

function embedWeight(embeds: readonly APIEmbed[]): number {
  const texts = embeds.flatMap(({ title, description, footer, author, fields }) => [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.join('').length;
}

/** All values of a field, at every depth. */
export function valuesOf(value: unknown, field: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesOf(each, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => (name === field ? [inside] : valuesOf(inside, field)));
}
