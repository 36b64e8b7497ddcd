import type { WeekStart } from './calendar.ts';
import type { Company, Dispute, Membership, MembershipChange, Payment, Plan, Product, Refund } from './facts.ts';
import { groupBy } from './group-by.ts';
import type { CustomerMoney } from './ledger.ts';
import { recurs, succeeded } from './pricing.ts';

/** All facts about money of one company. */
export type CompanyFacts = {
  company: Company | undefined;
  products: readonly Product[];
  plans: readonly Plan[];
  memberships: readonly Membership[];
  changes: readonly MembershipChange[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
};

export type CompanySettings = {
  timeZone: string;
  weekStart: WeekStart;
  /** Null: the currency most paid in. */
  reportingCurrency: string | null;
};

/** The currency in which a company reports: its setting, else that of most paid payments, else US dollars. */
export function reportingCurrencyOf(payments: readonly Payment[], settings: CompanySettings): string {
  if (settings.reportingCurrency !== null) return settings.reportingCurrency;
  const paid = groupBy(
    payments.filter((payment) => succeeded(payment) && payment.currency !== null),
    (payment) => payment.currency ?? '',
  );
  const [most] = [...paid].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most?.[0] ?? 'USD';
}

type Catalogue = Pick<CompanyFacts, 'plans' | 'products'>;

/** What a plan is called: by its own title, else its product's, else its id. */
export function planName(planId: string | null, { plans, products }: Catalogue): string {
  if (planId === null) return 'Without a plan';
  const plan = plans.find(({ id }) => id === planId);
  const product = products.find(({ id }) => id === plan?.productId);
  return plan?.title ?? product?.title ?? planId;
}

export function productName(productId: string, { products }: Pick<Catalogue, 'products'>): string {
  return products.find(({ id }) => id === productId)?.title ?? productId;
}

/**
 * The facts of each customer. A payment belongs to whoever has its membership; where nobody is named, a membership or a
 * payment is a customer of its own.
 */
export function customersOf(facts: CompanyFacts): CustomerMoney[] {
  const ownerOfMembership = membershipOwners(facts);
  const ownerOf = (membershipId: string | null, userId: string | null, id: string) =>
    ownerOfMembership.get(membershipId ?? '') ?? userId ?? membershipId ?? id;
  const ownerOfPayment = new Map(facts.payments.map((p) => [p.id, ownerOf(p.membershipId, p.userId, p.id)]));
  const ofPayment = (fact: Refund | Dispute) => ownerOfPayment.get(fact.paymentId ?? '') ?? fact.id;

  const memberships = groupBy(facts.memberships, (m) => ownerOf(m.id, m.userId, m.id));
  const changes = groupBy(facts.changes, (change) => ownerOf(change.membershipId, null, ''));
  const payments = groupBy(facts.payments, (payment) => ownerOfPayment.get(payment.id) ?? payment.id);
  const refunds = groupBy(facts.refunds, ofPayment);
  const disputes = groupBy(facts.disputes, ofPayment);
  const owners = new Set([memberships, payments, refunds, disputes].flatMap((group) => [...group.keys()]));
  return [...owners].map((owner) => ({
    memberships: memberships.get(owner) ?? [],
    changes: changes.get(owner) ?? [],
    payments: payments.get(owner) ?? [],
    refunds: refunds.get(owner) ?? [],
    disputes: disputes.get(owner) ?? [],
  }));
}

function membershipOwners({ memberships, payments }: CompanyFacts): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { id, userId } of memberships) if (userId !== null) owners.set(id, userId);
  for (const { membershipId, userId } of payments) {
    if (membershipId !== null && userId !== null && !owners.has(membershipId)) owners.set(membershipId, userId);
  }
  return owners;
}

/** Payments that may recur but whose plan isn't known well enough to say how often: they are no part of MRR. */
export function paymentsOfUnknownTerm({ payments, memberships, plans }: CompanyFacts): Payment[] {
  const planById = new Map(plans.map((plan) => [plan.id, plan]));
  const planOf = new Map(memberships.map(({ id, planId }) => [id, planId]));
  return payments.filter((payment) => {
    if (!succeeded(payment) || payment.membershipId === null) return false;
    if (payment.billingReason === 'one_time' || payment.billingReason === 'manual') return false;
    const plan = planById.get(payment.planId ?? planOf.get(payment.membershipId) ?? '');
    return plan === undefined || plan.planType === null || (plan.planType === 'renewal' && !recurs(plan));
  });
}
