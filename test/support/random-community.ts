import fc from 'fast-check';
import { type MembershipChange, type Snapshot, version } from '../../src/domain/facts.ts';
import type { Delivery } from '../../src/ingest/delivery.ts';
import { at } from './facts.ts';

type Told = { snapshots: Snapshot[]; changes: MembershipChange[] };
/** Facts of a company as somebody tells them, whosever company that is. */
export type Telling = (companyId: string) => Told;

const start = at('2026-03-01');
const end = at('2026-06-15');
const hour = 3_600_000;
/** Whole hours, so that things often happen at the same instant, or at the edges of days. */
const instant = fc.integer({ min: 0, max: (end - start) / hour }).map((hours) => start + hours * hour);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });
const id = (prefix: string, most: number) => fc.integer({ min: 1, max: most }).map((n) => `${prefix}_${n}`);
const planId = fc.constantFrom('plan_month', 'plan_week', 'plan_year', 'plan_trial', 'plan_once', 'plan_unheard_of');

/** One snapshot of one thing. */
export const told = (kind: Snapshot['kind'], key: string, values: object, when: number): Telling => {
  return (companyId) => {
    const snapshot = { kind, companyId, id: key, version: version(when, true), values } as Snapshot;
    return { snapshots: [snapshot], changes: [] };
  };
};

const plans: Telling[] = [
  ['plan_month', { billingPeriodDays: 30, renewalPriceMinor: 1000 }] as const,
  ['plan_week', { billingPeriodDays: 7, renewalPriceMinor: 300 }] as const,
  ['plan_year', { billingPeriodDays: 365, renewalPriceMinor: 9000 }] as const,
  [
    'plan_trial',
    { billingPeriodDays: 30, trialPeriodDays: 7, renewalPriceMinor: 2000, initialPriceMinor: 500 },
  ] as const,
].map(([key, values]) =>
  told('plan', key, { productId: 'prod_1', planType: 'renewal', currency: 'USD', ...values }, start),
);
const once = told('plan', 'plan_once', { planType: 'one_time', currency: 'USD', productId: 'prod_2' }, start);

const membership = fc
  .record({
    key: id('mem', 6),
    when: instant,
    values: fc.record({
      userId: maybe(id('user', 4)),
      planId: maybe(planId),
      productId: maybe(fc.constantFrom('prod_1', 'prod_2')),
      status: fc.constantFrom('drafted', 'trialing', 'active', 'past_due', 'completed', 'canceled', 'expired'),
      createdAt: maybe(instant),
      renewalPeriodEnd: maybe(instant),
      canceledAt: maybe(instant),
      cancelAtPeriodEnd: fc.boolean(),
      cancelOption: maybe(fc.constantFrom('too_expensive', 'other')),
    }),
  })
  .map(({ key, when, values }) => told('membership', key, { ...values, updatedAt: when }, when));

const payment = fc
  .record({
    key: id('pay', 20),
    when: instant,
    values: fc.record({
      userId: maybe(id('user', 4)),
      membershipId: maybe(id('mem', 6)),
      planId: maybe(planId),
      status: fc.constantFrom('paid', 'paid', 'paid', 'open', 'void'),
      billingReason: fc.constantFrom(
        'subscription_create',
        'subscription_cycle',
        'subscription_update',
        'manual',
        null,
      ),
      currency: maybe(fc.constantFrom('USD', 'USD', 'EUR', 'MXN')),
      totalMinor: maybe(fc.integer({ min: -100, max: 5000 })),
      taxMinor: maybe(fc.integer({ min: 0, max: 50 })),
      amountAfterFeesMinor: maybe(fc.integer({ min: 0, max: 4000 })),
      usdTotalMinor: maybe(fc.integer({ min: 1, max: 5000 })),
      createdAt: maybe(instant),
      paidAt: maybe(instant),
      lastAttemptAt: maybe(instant),
      failedAttempts: fc.integer({ min: 0, max: 2 }),
      promoCodeId: maybe(fc.constantFrom('promo_1', 'promo_2')),
    }),
  })
  .map(({ key, when, values }) => told('payment', key, values, when));

const claim = fc
  .record({
    kind: fc.constantFrom('refund' as const, 'dispute' as const),
    key: id('claim', 4),
    when: instant,
    values: fc.record({
      paymentId: maybe(id('pay', 22)),
      status: fc.constantFrom('succeeded', 'pending', 'lost', 'won', 'warning_closed'),
      currency: fc.constantFrom('USD', 'EUR'),
      amountMinor: fc.integer({ min: 1, max: 1000 }),
      createdAt: maybe(instant),
    }),
  })
  .map(({ kind, key, when, values }) => told(kind, key, values, when));

const change = fc
  .record({
    membershipId: id('mem', 6),
    at: instant,
    change: fc.constantFrom('activated' as const, 'deactivated' as const),
  })
  .map(
    (one): Telling =>
      () => ({ snapshots: [], changes: [one] }),
  );

const newTerms = fc
  .record({ key: planId, when: instant, renewalPriceMinor: fc.integer({ min: 0, max: 3000 }) })
  .map(({ key, when, renewalPriceMinor }) => told('plan', key, { renewalPriceMinor }, when));

/** What may be told of a small company, in some order; money, memberships and what becomes of them. */
export const tellings: fc.Arbitrary<Telling[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: payment },
      { weight: 4, arbitrary: membership },
      { weight: 2, arbitrary: change },
      { weight: 1, arbitrary: claim },
      { weight: 1, arbitrary: newTerms },
    ),
    { minLength: 5, maxLength: 45 },
  )
  .map((some) => [...plans, once, ...some]);

/** Deliveries that tell it, each with an id of its own. */
export function deliveriesOf(companyId: string, some: readonly Telling[]): Delivery[] {
  return some.map((telling, i) => ({
    companyId,
    source: 'whop',
    eventId: `msg_${i}`,
    type: 'payment.succeeded',
    sentAt: end,
    receivedAt: end,
    payload: null,
    activities: [],
    error: null,
    ...telling(companyId),
  }));
}
