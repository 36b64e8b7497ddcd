import {
  type APIActionRowComponent,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
} from 'discord.js';
import { managesServer } from '../src/discord/asker.ts';
import type { Command, CompanyRequest, Reply } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import type { Standing } from '../src/domain/account-link.ts';
import { UserError, WrongChoice } from '../src/domain/user-error.ts';
import { linkSuggestionsText, mostSuggestions } from '../src/render/link-suggestions-text.ts';
import { codeText, ownLinkText, standingText, whopUserText } from '../src/render/link-text.ts';
import { fitText, plainLine } from '../src/render/plain-text.ts';
import { type LinkSuggestion, linkSuggestions } from '../src/reports/link-suggestions.ts';
import { linkOf, whopUserChoices, whopUserNamed } from '../src/reports/who-is-who.ts';
import type { CommandContext } from './context.ts';

const userOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.User,
  name: 'user',
  description: 'Who in this server',
  required: true,
};

const whopOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'whop',
  description: 'Who on Whop: a user name or an id',
  required: true,
  autocomplete: true,
};

type Run = (request: CompanyRequest, context: CommandContext) => Promise<string | Reply>;
type Subcommand = { description: string; options: APIApplicationCommandBasicOption[]; forStaff: boolean; run: Run };

/** Discord can't keep a subcommand to some people, so that it is done here. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  me: { description: 'Say who you are on Whop', options: [], forStaff: false, run: linkMe },
  forget: { description: 'Undo that, and be linked by nobody else', options: [], forStaff: false, run: forgetMe },
  member: {
    description: 'Say who somebody is on Whop (staff)',
    options: [userOption, whopOption],
    forStaff: true,
    run: linkMember,
  },
  suggestions: {
    description: 'Who has the same name here and on Whop (staff)',
    options: [],
    forStaff: true,
    run: suggestLinks,
  },
  remove: { description: 'Undo that for somebody (staff)', options: [userOption], forStaff: true, run: removeMember },
};

export const link: Command<CommandContext> = {
  payload: {
    name: 'link',
    description: 'Who in this server is who on Whop',
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: Object.entries(subcommands).map(
      ([name, { description, options }]): APIApplicationCommandSubcommandOption => ({
        type: ApplicationCommandOptionType.Subcommand,
        name,
        description,
        options,
      }),
    ),
  },
  needsCompany: true,
  run: answer,
  suggest: async ({ companyId, typed, asker }, { sources }) => {
    if (!managesServer(asker)) return [];
    const users = await whopUserChoices(companyId, typed, sources);
    return users.map(({ id, username, name }) => ({
      name: fitText(plainLine(username || name || id), 100),
      value: id,
    }));
  },
};

async function answer(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const name = request.subcommand ?? '';
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand === undefined) {
    throw new WrongChoice(`I don’t know that. I know: ${Object.keys(subcommands).join(', ')}.`);
  }
  if (subcommand.forStaff && !managesServer(request.asker)) {
    throw new UserError('Only people with the Manage Server permission can do that. `/link me` is for everyone.');
  }
  const said = await subcommand.run(request, context);
  return typeof said === 'string' ? { embeds: [{ description: said }] } : said;
}

async function linkMe(request: CompanyRequest, { links, sources }: CommandContext): Promise<string> {
  const { companyId, asker, now } = request;
  const known = await linkOf(companyId, asker.userId, sources);
  if (known?.source === 'self') return `${ownLinkText(known)} \`/link forget\` undoes that.`;
  const code = await links.giveCode(companyId, asker.userId, now.getTime());
  return known === null ? codeText(code) : `${ownLinkText(known)}\n\n${codeText(code)}`;
}

async function forgetMe({ companyId, asker, now }: CompanyRequest, { links }: CommandContext): Promise<string> {
  done(await links.unlink(companyId, { discordUserId: asker.userId, source: 'self', unlinkedAt: now.getTime() }));
  return 'You are linked with nobody on Whop any more, and nobody but you can change that: `/link me`.';
}

async function linkMember(request: CompanyRequest, { links, sources }: CommandContext): Promise<Reply> {
  const { companyId, options, now } = request;
  const user = await whopUserNamed(companyId, String(options.whop), sources);
  const discordUserId = String(options.user);
  const linkedAt = now.getTime();
  done(await links.link(companyId, { discordUserId, whopUserId: user.id, source: 'staff', linkedAt }));
  const description = `<@${discordUserId}> is ${whopUserText(user)} on Whop.`;
  return { embeds: [{ description }], components: [row([button('Suggest others', 'suggestions', {})])] };
}

async function suggestLinks(request: CompanyRequest, { memberNames, sources }: CommandContext): Promise<Reply> {
  const { companyId, guildId, now } = request;
  const namesOf = (userIds: readonly string[]) => memberNames(guildId, userIds);
  const found = await linkSuggestions({ companyId, now: now.getTime(), namesOf }, sources);
  const buttons = found.suggestions.slice(0, mostSuggestions).map(linkButton);
  const rows = Array.from({ length: Math.ceil(buttons.length / 5) }, (_, at) => row(buttons.slice(5 * at, 5 * at + 5)));
  return { embeds: [{ description: linkSuggestionsText(found) }], components: rows };
}

/** The same as typing `/link member`. */
function linkButton({ discordUserId, user }: LinkSuggestion, index: number): APIButtonComponentWithCustomId {
  return button(`Link ${index + 1}`, 'member', { user: discordUserId, whop: user.id });
}

function button(label: string, subcommand: string, options: CompanyRequest['options']): APIButtonComponentWithCustomId {
  const custom_id = customId({ command: 'link', subcommand, options });
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id };
}

function row(components: APIButtonComponentWithCustomId[]): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}

async function removeMember(request: CompanyRequest, { links, sources }: CommandContext): Promise<string> {
  const { companyId, options, now } = request;
  const discordUserId = String(options.user);
  if ((await linkOf(companyId, discordUserId, sources)) === null) throw new UserError('Nobody has linked this person.');
  done(await links.unlink(companyId, { discordUserId, source: 'staff', unlinkedAt: now.getTime() }));
  return `<@${discordUserId}> is linked with nobody on Whop any more.`;
}

/** @throws UserError that says why it isn't */
function done(refusal: Standing | null): void {
  if (refusal !== null) throw new UserError(standingText(refusal));
}
