import type { MembershipRecord } from '../membership-record.ts';
import type { Cancellation } from './member-history.ts';

/** Each time that a membership was set to end later, as its statuses and its newest snapshot tell it. */
export function cancellationsOf({ membership, sightings }: MembershipRecord): Cancellation[] {
  const found: Cancellation[] = [];
  for (const { at, status } of sightings) {
    const open = found.at(-1)?.takenBackAt === null ? found.at(-1) : undefined;
    if (status === 'canceling' && open === undefined) found.push({ at, endsAt: null, takenBackAt: null });
    else if (goesOn.has(status) && open !== undefined) open.takenBackAt = at;
  }
  const { cancelAtPeriodEnd, renewalPeriodEnd: endsAt, status } = membership;
  // Newer payloads tell that it was set to end, and no longer when: the newest snapshot is the first that knew for sure.
  const toldAt = membership.canceledAt ?? membership.updatedAt;
  const stands = cancelAtPeriodEnd === true || status === 'canceling' || status === 'canceled';
  const last = found.at(-1);
  if (!stands) return found;
  if (last !== undefined && last.takenBackAt === null) {
    return [...found.slice(0, -1), { ...last, at: Math.min(last.at, toldAt ?? last.at), endsAt }];
  }
  return toldAt === null ? found : [...found, { at: toldAt, endsAt, takenBackAt: null }];
}

const goesOn: ReadonlySet<string> = new Set(['trialing', 'active', 'past_due']);
