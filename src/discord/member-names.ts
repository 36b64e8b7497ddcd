import { type Client, DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';

const member = z.object({
  nick: z.string().nullish(),
  user: z.object({ username: z.string(), global_name: z.string().nullish() }),
});

export type MemberNames = { id: string; names: string[] };

/** So many are asked about at a time; discord.js waits as long as Discord's limits ask. */
const askers = 4;

/**
 * What members of a guild are called just now: user name, display name and nickname. Who isn't in the guild any more is left out,
 * and so is whoever wasn't answered in time.
 */
export async function memberNames(
  { rest }: Pick<Client, 'rest'>,
  { guildId, userIds, timeoutMs }: { guildId: string; userIds: readonly string[]; timeoutMs: number },
): Promise<MemberNames[]> {
  const late = AbortSignal.timeout(timeoutMs);
  const waiting = [...userIds];
  const found = new Map<string, string[]>();
  const askInTurn = async () => {
    for (let id = waiting.shift(); id !== undefined && !late.aborted; id = waiting.shift()) {
      const names = await namesOf(rest, { guildId, id, late });
      if (names !== null) found.set(id, names);
    }
  };
  await Promise.all(Array.from({ length: askers }, askInTurn));
  return userIds.flatMap((id) => {
    const names = found.get(id);
    return names === undefined ? [] : [{ id, names }];
  });
}

type Question = { guildId: string; id: string; late: AbortSignal };

async function namesOf(rest: Client['rest'], { guildId, id, late }: Question): Promise<string[] | null> {
  try {
    const answer = await rest.get(Routes.guildMember(guildId, id), { signal: AbortSignal.any([late]) });
    const { nick, user } = member.parse(answer);
    return [user.username, user.global_name, nick].filter((name) => typeof name === 'string');
  } catch (error) {
    if (late.aborted || (error instanceof DiscordAPIError && error.status === 404)) return null;
    throw error;
  }
}
