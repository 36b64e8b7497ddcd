import type { Pool } from 'pg';
import { customerHistory } from '../domain/churn/customer-history.ts';
import type { MemberHistory } from '../domain/churn/member-history.ts';
import type { Offers } from '../domain/churn/membership-terms.ts';
import type { Instant } from '../domain/facts.ts';
import { type MembershipRecord, membershipRecords, type Terms } from '../domain/membership-record.ts';
import { readFacts } from './company-facts.ts';
import { nextCustomerIds, readCustomers } from './customer-facts.ts';
import { readMemberActivity, type Visibility } from './member-activity.ts';

type Queryable = Pick<Pool, 'query'>;

/** One customer as the holder of memberships. */
export type Member = { history: MemberHistory; records: readonly MembershipRecord[] };

export type AskedMembers = {
  companyId: string;
  /** Nothing that somebody did later is read. */
  until: Instant;
  timeZone: string;
  reportingCurrency: string;
  visibility: Visibility;
};

/** So few that working them out holds nobody up. */
const membersAtOnce = 100;

/** Every member that a company ever had, some at a time, so that they needn't all be in memory. */
export async function* readMembers(database: Queryable, asked: AskedMembers): AsyncGenerator<Member> {
  const sold = await readSold(database, asked);
  let after = '';
  for (;;) {
    const ids = await nextCustomerIds(database, asked.companyId, after, membersAtOnce);
    yield* await readSome(database, ids, asked, sold);
    const last = ids.at(-1);
    if (last === undefined || ids.length < membersAtOnce) return;
    after = last;
  }
}

/** One of them; undefined where nothing is known of such a customer. */
export async function readMember(
  database: Queryable,
  memberId: string,
  asked: AskedMembers,
): Promise<Member | undefined> {
  const [member] = await readSome(database, [memberId], asked, await readSold(database, asked));
  return member;
}

type Sold = { terms: Terms; offers: Offers };

async function readSold(database: Queryable, { companyId, reportingCurrency }: AskedMembers): Promise<Sold> {
  const [plans, codes] = await Promise.all([
    readFacts(database, 'plan', companyId),
    readFacts(database, 'promo_code', companyId),
  ]);
  return {
    terms: { plans: new Map(plans.map((plan) => [plan.id, plan])), reportingCurrency },
    offers: new Map(codes.map((code) => [code.id, code])),
  };
}

async function readSome(
  database: Queryable,
  customerIds: readonly string[],
  { companyId, until, timeZone, visibility }: AskedMembers,
  { terms, offers }: Sold,
): Promise<Member[]> {
  const [customers, activities] = await Promise.all([
    readCustomers(database, companyId, customerIds),
    readMemberActivity(database, { companyId, whopUserIds: customerIds, until, timeZone }, visibility),
  ]);
  return [...customers].flatMap(([memberId, facts]) => {
    const records = membershipRecords(facts, terms);
    if (records.length === 0) return [];
    const activity = activities.get(memberId) ?? null;
    return [{ records, history: customerHistory({ memberId, records, activity }, terms, offers) }];
  });
}
