import { billedMemberships } from '../../domain/churn/customer-history.ts';
import type { MemberHistory } from '../../domain/churn/member-history.ts';
import type { Instant } from '../../domain/facts.ts';
import { readBookHead } from '../../store/book-head.ts';
import { effectiveSettings } from '../../store/company-settings.ts';
import { readHistoryStart } from '../../store/history-start.ts';
import { readVisibility } from '../../store/member-activity.ts';
import type { AskedMembers, Member } from '../../store/member-histories.ts';
import { readOptedOut } from '../../store/opted-out.ts';
import type { Sources } from '../question.ts';

/** What of a company's members can be known, as of an instant. */
export type Observed = AskedMembers & {
  optedOut: ReadonlySet<string>;
  /** Since when activity is collected. */
  observedFrom: Instant;
  /** Since when it is known who is a member. */
  historyStart: Instant;
  /** When the first membership began; null without any. */
  firstMembershipAt: Instant | null;
};

export async function readObserved(
  { database: { pool }, settings }: Sources,
  companyId: string,
  now: Instant,
): Promise<Observed> {
  const [head, own, visibility, history, optedOut] = await Promise.all([
    readBookHead(pool, companyId),
    effectiveSettings(pool, companyId, settings),
    readVisibility(pool, companyId, now),
    readHistoryStart(pool, companyId),
    readOptedOut(pool, companyId),
  ]);
  return {
    companyId,
    until: now,
    timeZone: own.timeZone,
    reportingCurrency: head?.currency ?? own.reportingCurrency ?? 'USD',
    visibility,
    optedOut,
    observedFrom: visibility.since ?? now,
    historyStart: history.toldSince ?? Number.NEGATIVE_INFINITY,
    firstMembershipAt: history.firstMembershipAt,
  };
}

/** Those memberships alone whose end is a loss. */
export function billedHistory({ history, records }: Member): MemberHistory {
  const billed = billedMemberships(records);
  return { ...history, memberships: history.memberships.filter(({ id }) => billed.has(id)) };
}
