import type { createOutbox } from '../../store/create-outbox.ts';
import type { Chat } from './chat.ts';

type Parts = {
  outbox: Pick<ReturnType<typeof createOutbox>, 'take' | 'posted' | 'dropped'>;
  chat: Chat;
  now(): number;
};

const leaseMs = 60_000;

/** Shows all that waits to be posted in the page's channels, as it would be posted in Discord's. */
export async function postOutbox({ outbox, chat, now }: Parts): Promise<void> {
  for (let taken = await outbox.take(leaseMs); taken !== null; taken = await outbox.take(leaseMs)) {
    const { channelId, messageId, message, direct } = taken;
    if (direct) {
      await outbox.dropped(taken, 'the demo has nobody to be told alone');
      continue;
    }
    const head = { channelId, at: now(), used: null, ephemeral: false };
    const edited = messageId === null ? undefined : chat.amend(messageId, message);
    await outbox.posted(taken, (edited ?? chat.post(head, message)).id);
  }
}
