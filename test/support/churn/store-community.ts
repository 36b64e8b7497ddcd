import type { Pool } from 'pg';
import { pino } from 'pino';
import type { Activity } from '../../../src/domain/activity.ts';
import type { MemberHistory } from '../../../src/domain/churn/member-history.ts';
import type { MembershipChange, Snapshot } from '../../../src/domain/facts.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { told } from '../random-community.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** What is done more often is told no better by more rows. */
const mostADay = 4;
const settings = { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: null } as const;

type Community = {
  companyId: string;
  histories: readonly MemberHistory[];
  /** Bills are paid, and ends told, as far as this. */
  until: number;
  /** In cents; 10 dollars as a rule. */
  priceOf?: (memberId: string) => number;
  /** USD as a rule. */
  currencyOf?: (memberId: string) => string;
};

/** Sends members, the bills of their monthly plan and what they do in Whop's chat through the doors of the bot. */
export async function storeCommunity(pool: Pool, community: Community): Promise<void> {
  const { companyId, histories } = community;
  const ingest = createIngest({ pool, log: pino({ level: 'silent' }), settings, activityRetentionDays: 5000 });
  const plan = {
    planType: 'renewal',
    billingPeriodDays: 30,
    currency: 'USD',
    title: 'Monthly',
    renewalPriceMinor: 1000,
  };
  const tellings = [
    told('plan', 'plan_month', plan, 0)(companyId),
    ...histories.map((history) => factsOf(history, community)),
  ];
  await Promise.all(
    tellings.map(({ snapshots, changes }, i) =>
      ingest.record({
        ...{ companyId, source: 'whop', eventId: `${companyId} ${i}`, type: 'test', sentAt: 0, receivedAt: 0 },
        ...{ payload: null, snapshots, changes, activities: [], error: null },
      }),
    ),
  );
  const activities = histories.flatMap((history) => activitiesOf(history, companyId));
  for (let from = 0; from < activities.length; from += 5000) {
    await ingest.recordActivities({ companyId, platform: 'whop', activities: activities.slice(from, from + 5000) });
  }
  await ingest.stop();
}

function factsOf(
  { memberId, memberships }: MemberHistory,
  { companyId, until, priceOf = () => 1000, currencyOf = () => 'USD' }: Community,
): { snapshots: Snapshot[]; changes: MembershipChange[] } {
  const customer = told('customer', memberId, { username: memberId, name: null }, until)(companyId);
  const all = memberships.map(({ id, start, end, cancellations }) => {
    const ended = end <= until;
    const [cancellation] = cancellations;
    const values = {
      ...{ userId: memberId, planId: 'plan_month', createdAt: start, updatedAt: Math.min(end, until) },
      ...{ status: ended ? 'canceled' : 'active', canceledAt: cancellation?.at ?? null },
      cancelAtPeriodEnd: cancellation !== undefined,
      renewalPeriodEnd: cancellation?.endsAt ?? null,
    };
    const bills = Math.ceil((Math.min(end, until) - start) / (30 * dayMs));
    const payments = Array.from({ length: bills }, (_, i) => {
      const paidAt = start + i * 30 * dayMs;
      const paid = {
        ...{ userId: memberId, membershipId: id, planId: 'plan_month', status: 'paid', currency: currencyOf(memberId) },
        ...{ billingReason: 'subscription_cycle', totalMinor: priceOf(memberId), createdAt: paidAt, paidAt },
      };
      return told('payment', `pay ${id} ${i}`, paid, paidAt)(companyId);
    });
    const changes: MembershipChange[] = ended ? [{ membershipId: id, change: 'deactivated', at: end }] : [];
    return [told('membership', id, values, Math.min(end, until))(companyId), ...payments, { snapshots: [], changes }];
  });
  const facts = [customer, ...all.flat()];
  return { snapshots: facts.flatMap((one) => one.snapshots), changes: facts.flatMap((one) => one.changes) };
}

function activitiesOf({ memberId, activity }: MemberHistory, companyId: string): Activity[] {
  return (activity ?? []).flatMap(({ day, channel, count }) =>
    Array.from(
      { length: Math.min(count, mostADay) },
      (_, i): Activity => ({
        ...{ companyId, platform: 'whop', kind: 'message', seconds: 0, accountId: memberId, channelId: channel },
        ...{ id: `${memberId} ${day} ${channel} ${i}`, at: day + 3_600_000 + i * 1000 },
      }),
    ),
  );
}
