import type { OutgoingMessage } from '../../store/outbox.ts';
import type { ChannelProblem } from '../../store/outbox-queue.ts';

const what: Readonly<Record<ChannelProblem, string>> = {
  missing: 'it doesn’t exist any more. Choose another one with `/setup`.',
  forbidden:
    'I’m not allowed to. I need View Channel, Send Messages, Embed Links, Attach Files and Read Message History there.',
};

/** For whoever set the channel up. */
export function troubleMessage(channelId: string, problem: ChannelProblem): OutgoingMessage {
  return {
    content:
      `I can’t post to <#${channelId}>, the channel that you chose for me: ${what[problem]} ` +
      'What I have to say is kept for three days, and I try again every hour.',
  };
}
