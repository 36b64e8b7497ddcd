import { wasActive } from '../domain/engagement/activity-view.ts';
import type { Part } from '../domain/engagement/engagement-figures.ts';
import { activationWindow, firstJoined, newcomersOf } from '../domain/engagement/newcomers.ts';
import { groupBy } from '../domain/group-by.ts';
import { readAwaitedAccounts, readMemberChanges } from '../store/newcomers.ts';
import type { ActivityViews } from './activity-views.ts';
import type { Frame } from './frame.ts';

/** How many newcomers of the period, and of the one before it, there are, and how many of them did something. */
export async function countNewcomers(
  { client, question: { companyId }, period, head: { timeZone } }: Frame,
  { now: view, keptFrom }: ActivityViews,
): Promise<{ now: Part; before: Part }> {
  const span = { start: period.previous.start, end: period.end };
  const changes = await readMemberChanges(client, companyId, span);
  const all = [...changes].flatMap(([customerId, own]) => {
    const joinedAt = firstJoined(own, timeZone);
    return joinedAt === null ? [] : [{ customerId, joinedAt }];
  });
  const newcomers = { now: newcomersOf(all, period), before: newcomersOf(all, period.previous) };
  const awaited = [...newcomers.now, ...newcomers.before].map(({ customerId, joinedAt }) => ({
    customerId,
    ...activationWindow(joinedAt, keptFrom, timeZone),
  }));
  const accounts = groupBy(await readAwaitedAccounts(client, companyId, awaited), ({ customerId }) => customerId);
  const activated = new Set(
    awaited
      .filter((own) => accounts.get(own.customerId)?.some((one) => one.acted || wasActive(view, one.account, own)))
      .map(({ customerId }) => customerId),
  );
  const partOf = (own: readonly { customerId: string }[]): Part => ({
    some: own.filter(({ customerId }) => activated.has(customerId)).length,
    all: own.length,
  });
  return { now: partOf(newcomers.now), before: partOf(newcomers.before) };
}
