import { UserError } from '../domain/user-error.ts';
import type { Sources } from './question.ts';
import { readSetup } from './setup.ts';

type Asked = { companyId: string; guildId: string; channelId: string | null };

/**
 * The channel of staff, asked for somewhere else: people are named there alone. Null where they may be named, which is
 * everywhere as long as no channel is chosen; whoever may ask is the only one who sees it.
 */
export async function staffChannelElsewhere(asked: Asked, sources: Sources): Promise<string | null> {
  const { staffChannelId } = await readSetup(asked, sources);
  return staffChannelId === asked.channelId ? null : staffChannelId;
}

/** @throws UserError that says where to ask */
export async function requireStaffChannel(asked: Asked, sources: Sources): Promise<void> {
  const elsewhere = await staffChannelElsewhere(asked, sources);
  if (elsewhere !== null) throw new UserError(`This names people: ask in <#${elsewhere}>.`);
}

/**
 * Whether an answer that has sums besides may name people: in the channel of staff and, as long as none is chosen, to the asker
 * alone.
 */
export async function mayNamePeople(
  { forAskerAlone, ...asked }: Asked & { forAskerAlone: boolean },
  sources: Sources,
): Promise<boolean> {
  const { staffChannelId } = await readSetup(asked, sources);
  return staffChannelId === null ? forAskerAlone : staffChannelId === asked.channelId;
}
