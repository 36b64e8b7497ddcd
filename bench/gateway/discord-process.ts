import { GatewayDispatchEvents } from 'discord.js';
import { z } from 'zod';
import { type FakeChannel, messagePayload, post } from '../../test/support/discord/channels.ts';
import { startFakeDiscord } from '../../test/support/discord/fake-discord.ts';
import { botUser } from '../../test/support/discord/people.ts';
import { snowflake } from '../../test/support/discord/snowflake.ts';
import { answerParent } from '../other-process.ts';

const orderShape = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('address'), channels: z.number() }),
  z.object({ ask: z.literal('say'), messages: z.number(), people: z.number() }),
]);

const discord = await startFakeDiscord();
const channels: FakeChannel[] = [];
let said = 0;

function address(channelCount: number) {
  while (channels.length < channelCount) channels.push(discord.chat.add(discord.guildId));
  const { apiUrl, token } = discord;
  return { apiUrl, token };
}

/** Everybody writes in turn, each in one channel after the other; the channels' history isn't kept. */
function say(messages: number, people: number): void {
  const bot = botUser(discord.applicationId);
  for (const last = said + messages; said < last; said += 1) {
    const person = said % people;
    const channel = channels[(person + Math.floor(said / people)) % channels.length];
    if (channel === undefined) throw new Error('there are no channels to write in');
    const message = post(snowflake(), String(200_000_000_000_000_000n + BigInt(person)), '');
    discord.gateway.dispatch(GatewayDispatchEvents.MessageCreate, messagePayload(channel, message, bot));
  }
}

answerParent(async (told) => {
  const order = orderShape.parse(told);
  return order.ask === 'address' ? address(order.channels) : say(order.messages, order.people);
});
