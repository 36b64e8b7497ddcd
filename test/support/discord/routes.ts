import { InteractionResponseType, type RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { unknownInteraction, unknownMember, unknownWebhook } from './api-error.ts';
import { parseCommands } from './command-rules.ts';
import type { FakeInteraction } from './interactions.ts';
import { toApiMessage } from './messages.ts';
import { botUser, guildMember, type MemberNames, user } from './people.ts';
import type { Call, Route } from './rest-server.ts';
import { snowflake } from './snowflake.ts';

export type ApiWorld = {
  applicationId: string;
  commands: RegisteredCommand[];
  interactions: FakeInteraction[];
  /** What people are called in any guild, by their id. */
  names: ReadonlyMap<string, MemberNames>;
  gatewayUrl(): string;
};

export type RegisteredCommand = RESTPostAPIChatInputApplicationCommandsJSONBody & { id: string; version: string };

export function routes(world: ApiWorld): Route[] {
  return [...applicationRoutes(world), ...interactionRoutes(world), memberRoute(world)];
}

function applicationRoutes(world: ApiWorld): Route[] {
  const { applicationId } = world;
  const commands = new RegExp(`^/applications/${applicationId}/commands$`);
  return [
    { method: 'GET', path: /^\/gateway\/bot$/, auth: true, answer: () => gatewayBot(world.gatewayUrl()) },
    { method: 'GET', path: /^\/users\/@me$/, auth: true, answer: () => botUser(applicationId) },
    { method: 'GET', path: /^\/applications\/@me$/, auth: true, answer: () => ({ id: applicationId, flags: 0 }) },
    { method: 'GET', path: commands, auth: true, answer: () => commandList(world) },
    { method: 'PUT', path: commands, auth: true, answer: ({ body }) => overwriteCommands(world, body.json) },
  ];
}

function memberRoute({ names }: ApiWorld): Route {
  const answer = ({ parameters: [, id = ''] }: Call) => {
    const called = names.get(id);
    if (called === undefined) throw unknownMember();
    const { nick = null, username, globalName = null } = called;
    return { ...guildMember({ ...user(id, username), global_name: globalName }), nick };
  };
  return { method: 'GET', path: /^\/guilds\/(\d+)\/members\/(\d+)$/, auth: true, answer };
}

function interactionRoutes(world: ApiWorld): Route[] {
  const respond = ({ parameters: [id, token], query, body }: Call) => {
    const interaction = world.interactions.find((each) => each.id === id && each.token === token);
    if (!interaction) throw unknownInteraction();
    interaction.respond(body);
    return query.get('with_response') === 'true' ? callbackResponse(interaction) : undefined;
  };
  const webhook = `^/webhooks/${world.applicationId}/([\\w-]+)`;
  const messages = new RegExp(`${webhook}/messages/(@original|\\d+)$`);
  const found = ({ parameters: [token] }: Call): FakeInteraction => {
    const interaction = world.interactions.find((each) => each.token === token);
    if (!interaction) throw unknownWebhook();
    return interaction;
  };
  const named = ({ parameters: [, messageId = '@original'] }: Call) => messageId;
  return [
    { method: 'POST', path: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/, auth: false, answer: respond },
    {
      method: 'POST',
      path: new RegExp(`${webhook}$`),
      auth: false,
      answer: (call) => toApiMessage(found(call).followUp(call.body)),
    },
    { method: 'GET', path: messages, auth: false, answer: (call) => toApiMessage(found(call).find(named(call))) },
    {
      method: 'PATCH',
      path: messages,
      auth: false,
      answer: (call) => toApiMessage(found(call).edit(named(call), call.body)),
    },
    { method: 'DELETE', path: messages, auth: false, answer: (call) => found(call).remove(named(call)) },
  ];
}

function gatewayBot(url: string) {
  return {
    url,
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
  };
}

function overwriteCommands(world: ApiWorld, body: unknown): unknown {
  const commands = parseCommands(body).map((command) => ({ ...command, id: snowflake(), version: snowflake() }));
  world.commands.splice(0, Number.POSITIVE_INFINITY, ...commands);
  return commandList(world);
}

/** With all that Discord adds, which a client that compares must not take for a change. */
function commandList({ applicationId, commands }: ApiWorld): unknown {
  return commands.map((command) => ({
    application_id: applicationId,
    type: 1,
    default_member_permissions: null,
    nsfw: false,
    dm_permission: false,
    contexts: null,
    integration_types: [0],
    name_localizations: null,
    description_localizations: null,
    ...command,
  }));
}

function callbackResponse({ id, original, seed }: FakeInteraction) {
  const type = seed.source ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
  return {
    interaction: { id, type: seed.source ? 3 : 2, response_message_id: original?.id },
    resource: original && { type, message: toApiMessage(original) },
  };
}
