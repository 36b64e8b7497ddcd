import { Buffer } from 'node:buffer';
import type { ButtonInteraction, ChatInputCommandInteraction, InteractionEditReplyOptions } from 'discord.js';
import { MessageFlags } from 'discord.js';
import type { Question, Reply } from './command.ts';
import type { Show } from './edit-order.ts';

/** One interaction from its first sign of life to its answer. */
export type Conversation = {
  /** Buys time: Discord waits 3 s for this, and then 15 minutes for the rest. */
  defer(): Promise<unknown>;
  show(reply: Reply): Promise<unknown>;
  /** Says something to the asker alone, and leaves no other trace. */
  tell(text: string): Promise<unknown>;
};

/** What is said to the asker alone. */
export function aside(content: string) {
  return { content, flags: MessageFlags.Ephemeral } as const;
}

/** A slash command is answered by a message of its own. */
export function typed(interaction: ChatInputCommandInteraction, question: Question): Conversation {
  const isPublic = question.options.public === true;
  return {
    defer: () => interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral }),
    show: (reply) => interaction.editReply(wholeMessage(reply)),
    async tell(content) {
      if (!isPublic) return interaction.editReply({ content });
      // A message that was begun in public stays so: only another one can be for the asker alone.
      await interaction.deleteReply();
      return interaction.followUp(aside(content));
    },
  };
}

/** A button that leaves the message that it is under as it is. */
export function pressedAside(interaction: ButtonInteraction): Conversation {
  return {
    defer: () => interaction.deferReply({ flags: MessageFlags.Ephemeral }),
    show: (reply) => interaction.editReply(wholeMessage(reply)),
    tell: (content) => interaction.editReply({ content }),
  };
}

/** A button changes the message that it is under. */
export function pressed(interaction: ButtonInteraction, show: Show): Conversation {
  return {
    defer: () => interaction.deferUpdate(),
    show: (reply) => show(() => interaction.editReply(wholeMessage(reply))),
    tell: (content) => interaction.followUp(aside(content)),
  };
}

/** Names every part, so that nothing of an earlier answer stays in the message. */
function wholeMessage(reply: Reply): InteractionEditReplyOptions {
  return {
    embeds: reply.embeds ?? [],
    components: reply.components ?? [],
    files: (reply.files ?? []).map(({ name, description, bytes }) => ({
      attachment: Buffer.from(bytes),
      name,
      description,
    })),
    // The attachments to keep; discord.js adds the new files to this array, so it can't be shared.
    attachments: [],
  };
}
