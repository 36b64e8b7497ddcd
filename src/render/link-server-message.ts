import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

const color = 0x2f9e8f;

type Message = { embeds: APIEmbed[]; components?: APIActionRowComponent<APIComponentInMessageActionRow>[] };

/** Where an admin of the company goes on. */
export function linkMessage(address: string): Message {
  const description =
    'Sign in at Whop as an admin of the company. Whoever may manage this server sees its figures then.\n' +
    'The link is good once, and for ten minutes: give it to nobody.';
  return {
    embeds: [{ title: 'Show Whop that it’s you', description, color }],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.Button, style: ButtonStyle.Link, label: 'Go on to Whop', url: address }],
      },
    ],
  };
}

export function unlinkedMessage(): Message {
  const description = 'What was set up here is forgotten, and nobody here sees the company’s figures. Its data stays.';
  return { embeds: [{ title: 'Unlinked', description, color }] };
}
