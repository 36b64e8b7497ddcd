import { type ClaimSketch, claim, type MembershipSketch, membership, type PaymentSketch, payment } from '../sketch.ts';
import type { ListName, Rows } from './lists.ts';
import { affiliateRow, entryRow, promoCodeRow, reviewRow } from './marketing-rows.ts';
import { disputeRow, memberRow, membershipRow, paymentRow, planRow, productRow, refundRow } from './rows.ts';

const begin = Date.UTC(2026, 0, 1);
const monthMs = 30 * 86_400_000;
const months = 5;

type CommunityList = Exclude<ListName, 'reviews' | 'chat_channels' | 'forums' | 'messages' | 'forum_posts'>;

/** As many payments as one wants, of customers who pay for five months each. A row follows from its index alone. */
export function communityLists(payments: number): Record<CommunityList, Rows> {
  const customers = payments / months;
  const of = (index: number) => paymentOf(index, customers);
  return {
    products: { count: 3, at: (i) => productRow({ id: `prod_${i + 1}`, at: begin }) },
    plans: { count: 1, at: () => planRow({ id: 'plan_1', at: begin }) },
    members: { count: customers, at: (i) => memberRow({ userId: `user_${i}`, at: joinedAt(i, customers) }) },
    memberships: { count: customers, at: (i) => membershipRow(membershipOf(i, customers)) },
    payments: { count: payments, at: (i) => paymentRow(of(i)) },
    refunds: { count: payments / 20, at: (i) => refundRow(claimOf(`rf_${i}`, of(i * 20))) },
    disputes: { count: payments / 50, at: (i) => disputeRow(claimOf(`dspt_${i}`, of(i * 50))) },
    promo_codes: { count: payments / 10, at: (i) => promoCodeRow({ id: `promo_${i}`, code: `TIDE${i}` }) },
    affiliates: { count: payments / 50, at: (i) => affiliateRow({ id: `aff_${i}` }) },
    entries: { count: payments / 10, at: (i) => entryRow({ id: `entry_${i}` }) },
  };
}

/** Nobody has anything to say of the second product. */
export function communityReviews(payments: number): Record<string, Rows> {
  const of = (count: number, product: number): Rows => ({
    count,
    at: (i) => reviewRow({ id: `rev_${product}_${i}`, stars: (i % 5) + 1 }),
  });
  return { prod_1: of(payments / 10, 1), prod_2: of(0, 2), prod_3: of(payments / 20, 3) };
}

function joinedAt(customer: number, customers: number): number {
  return begin + Math.floor((customer / customers) * monthMs);
}

/** All pay once before anybody pays again, so that payments are in the order of their times. One in fifty is free. */
function paymentOf(index: number, customers: number): PaymentSketch {
  const customer = index % customers;
  const month = Math.floor(index / customers);
  return payment({
    id: `pay_${index}`,
    userId: `user_${customer}`,
    membershipId: `mem_${customer}`,
    failed: index % 31 === 7,
    total: index % 50 === 3 ? 0 : 29.99,
    createdAt: joinedAt(customer, customers) + month * monthMs,
  });
}

/** One in seven ends with its last period. */
function membershipOf(customer: number, customers: number): MembershipSketch {
  const createdAt = joinedAt(customer, customers);
  const periodStart = createdAt + (months - 1) * monthMs;
  const periodEnd = periodStart + monthMs;
  const ends = customer % 7 === 2;
  return membership({
    id: `mem_${customer}`,
    userId: `user_${customer}`,
    status: ends ? 'canceled' : 'active',
    cancelAtPeriodEnd: ends,
    createdAt,
    updatedAt: ends ? periodEnd : periodStart,
    periodStart,
    periodEnd,
  });
}

function claimOf(id: string, of: PaymentSketch): ClaimSketch {
  return claim({ id, payment: of, amount: of.total / 2, createdAt: of.createdAt + 3_600_000 });
}
