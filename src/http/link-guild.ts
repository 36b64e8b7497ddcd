import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GuildLinking, LinkOutcome } from '../ingest/guild-linking.ts';
import { page } from './link-page.ts';

type Query = { Querystring: { state?: string; code?: string } };

export const linkPath = '/link/whop';
export const linkCallbackPath = '/link/whop/callback';

const expired = 'This link is not good any more, or was used already. Ask for another one with /setup link in Discord.';

/** What each outcome is called, in words for people. */
const said: Readonly<Record<LinkOutcome, { status: number; title: string; text: string }>> = {
  linked: {
    status: 200,
    title: 'Linked',
    text: 'Go on in Discord: /setup server shows what is still missing. You can close this page.',
  },
  expired: { status: 410, title: 'Not linked', text: expired },
  'not confirmed': {
    status: 403,
    title: 'Not linked',
    text: 'Whop didn’t say who you are. Ask for another link with /setup link in Discord.',
  },
  'not an admin': {
    status: 403,
    title: 'Not linked',
    text: 'Whop says that you are no admin of this company. Ask somebody who is to do this.',
  },
  taken: {
    status: 409,
    title: 'Not linked',
    text: 'This server belongs to another company. Unlink it first, with /setup unlink in Discord.',
  },
};

/** What somebody who follows the link of `/setup link` meets, before and after Whop. */
export function addGuildLinking(app: FastifyInstance, linking: GuildLinking): void {
  app.get<Query>(linkPath, async ({ query }, reply) => {
    const wish = await linking.wishOf(query.state ?? '');
    if (wish === null || query.state === undefined) return show(reply, 410, page('Not linked', [expired]));
    const { guildName, guildId, companyId } = wish;
    return show(
      reply,
      200,
      page(
        'Link a Discord server',
        [
          `The Discord server “${guildName}” (${guildId}) is to be linked to the Whop company ${companyId}.`,
          'Whoever may manage that server will see what the company earns, and who its members are.',
          'Go on only if you asked for this in that server yourself, and are an admin of that company.',
        ],
        { text: 'Go on to Whop', href: linking.signInUrl(query.state) },
      ),
    );
  });
  app.get<Query>(linkCallbackPath, async ({ query: { state, code } }, reply) => {
    // Without a code somebody has said no at Whop.
    const outcome = state === undefined || code === undefined ? 'not confirmed' : await linking.finish({ state, code });
    const { status, title, text } = said[outcome];
    return show(reply, status, page(title, [text]));
  });
}

/** Nothing is kept of it on the way, and nobody can put it into a frame. */
function show(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    .send(html);
}
