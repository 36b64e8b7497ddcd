import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { z } from 'zod';
import { checkForm } from './api-error.ts';

const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

const name = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u)
  .refine((text) => text === text.toLowerCase(), { params: { code: 'APPLICATION_COMMAND_INVALID_NAME' } });
const description = z.string().trim().min(1).max(100);

const choice = z.looseObject({
  name: z.string().min(1).max(100),
  value: z.union([z.string().max(100), z.number()]),
});

const option: z.ZodType<{ name: string; required?: boolean | undefined }> = z
  .looseObject({
    name,
    description,
    type: z.number().int().min(1).max(11),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: z.array(choice).max(25).optional(),
    min_length: z.number().int().min(0).max(6000).optional(),
    max_length: z.number().int().min(1).max(6000).optional(),
    get options() {
      return options.optional();
    },
  })
  .refine((given) => !(given.autocomplete && given.choices?.length), {
    message: 'Autocomplete and choices exclude each other',
    params: { code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES' },
  });

const options = z
  .array(option)
  .max(25)
  .superRefine((given, context) => {
    const invalid = (message: string, code: string) => context.addIssue({ code: 'custom', message, params: { code } });
    if (new Set(given.map((each) => each.name)).size < given.length) {
      invalid('Option names must be unique', 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS');
    }
    const firstOptional = given.findIndex((each) => !each.required);
    if (firstOptional >= 0 && given.slice(firstOptional).some((each) => each.required)) {
      invalid(
        'Required options must be placed before non-required ones',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      );
    }
  });

const command = z
  .looseObject({
    name,
    description,
    type: z.literal(1).optional(),
    options: options.optional(),
    default_member_permissions: z.string().regex(/^\d+$/).nullish(),
    contexts: z.array(z.number().int().min(0).max(2)).nullish(),
    integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
  })
  .superRefine((given, context) => {
    const invalid = (message: string, code: string) => context.addIssue({ code: 'custom', message, params: { code } });
    const types = (given.options ?? []).map((each) => ('type' in each ? each.type : 0));
    const nesting = types.filter((type) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP).length;
    if (nesting > 0 && nesting < types.length) {
      invalid('Sub-commands and other options exclude each other', 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID');
    }
    if (weight(given) > 8000) invalid('Command exceeds maximum size (8000)', 'APPLICATION_COMMAND_TOO_LARGE');
  });

const commands = z
  .array(command)
  .max(100)
  .refine((given) => new Set(given.map((each) => each.name)).size === given.length, {
    message: 'Application command names must be unique',
    params: { code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' },
  });

/** The characters that Discord counts: names, descriptions and the values of choices, at every depth. */
function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + weight(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [field, inside]) => {
    const counts = typeof inside === 'string' && ['name', 'description', 'value'].includes(field);
    return sum + (counts ? inside.length : weight(inside));
  }, 0);
}

const parsed = z.custom<RESTPostAPIChatInputApplicationCommandsJSONBody[]>();

export function parseCommands(body: unknown): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  checkForm(commands, body);
  return parsed.parse(body);
}
