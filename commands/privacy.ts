import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
} from 'discord.js';
import type { Command, Reply, Request } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import { WrongChoice } from '../src/domain/user-error.ts';
import {
  askToForgetText,
  forgottenText,
  notConnectedText,
  optedOutText,
  storedText,
} from '../src/render/privacy-text.ts';
import { whatIsStored } from '../src/reports/privacy/what-is-stored.ts';
import type { CommandContext } from './context.ts';

type Asking = Pick<Request, 'asker' | 'options' | 'now'> & { companyId: string };
type Run = (asking: Asking, context: CommandContext) => Promise<Reply>;

/** Each about the asker alone, whoever that is. */
const subcommands: Readonly<Record<string, { description: string; run: Run }>> = {
  what: { description: 'What is stored about you', run: what },
  'opt-out': { description: 'Neither be scored nor listed', run: optOut },
  forget: { description: 'Remove what names you or leads to you', run: forget },
};

export const privacy: Command<CommandContext> = {
  payload: {
    name: 'privacy',
    description: 'What is stored about you, and what you can do about it',
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: Object.entries(subcommands).map(([name, { description }]) => ({
      type: ApplicationCommandOptionType.Subcommand as const,
      name,
      description,
    })),
  },
  needsCompany: false,
  run: async ({ subcommand, companyId, asker, options, now }, context) => {
    const name = subcommand ?? '';
    const found = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (found === undefined)
      throw new WrongChoice(`I don’t know that. I know: ${Object.keys(subcommands).join(', ')}.`);
    return companyId === null ? say(notConnectedText) : found.run({ companyId, asker, options, now }, context);
  },
};

async function what({ companyId, asker }: Asking, { sources }: CommandContext): Promise<Reply> {
  return say(storedText(await whatIsStored(companyId, discordAccount(asker), sources)));
}

async function optOut({ companyId, asker, now }: Asking, { privacyChanges }: CommandContext): Promise<Reply> {
  await privacyChanges.optOut(companyId, discordAccount(asker), now.getTime());
  return say(optedOutText);
}

async function forget({ companyId, asker, options, now }: Asking, { privacyChanges }: CommandContext): Promise<Reply> {
  if (options.sure !== true) return { ...say(askToForgetText), components: [sureButton()] };
  await privacyChanges.forget(companyId, discordAccount(asker), now.getTime());
  return say(forgottenText);
}

function discordAccount({ userId }: Request['asker']) {
  return { platform: 'discord', id: userId } as const;
}

function sureButton(): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Danger,
        label: 'Forget me',
        custom_id: customId({ command: 'privacy', subcommand: 'forget', options: { sure: true } }),
      },
    ],
  };
}

function say(description: string): Reply {
  return { embeds: [{ description }] };
}
