import type { PromoCode, SamplePlan } from './catalogue.ts';

/** What happens in the sample community, before it is told in any of Whop's shapes. Times are ms, in whole seconds. */
export type Currency = 'usd' | 'eur' | 'mxn';

export type Person = {
  userId: string;
  memberId: string;
  username: string;
  name: string;
  currency: Currency;
  paysBy: 'card' | 'sepa_debit';
  cardBrand: 'visa' | 'mastercard' | 'amex';
  cardLast4: string;
  /** Whether Whop tells what this person's payments are in US dollars. */
  hasRate: boolean;
};

export type SampleMembership = {
  id: string;
  person: Person;
  plan: SamplePlan;
  status: 'trialing' | 'active' | 'past_due' | 'canceling' | 'canceled' | 'completed';
  createdAt: number;
  updatedAt: number;
  /** What is paid for, or tried; null for a one-time purchase. */
  period: { start: number; end: number } | null;
  cancelAtPeriodEnd: boolean;
  cancelOption: CancelOption | null;
  canceledAt: number | null;
  promoCode: PromoCode | null;
};

export type CancelOption = 'too_expensive' | 'switching' | 'missing_features' | 'technical_issues' | 'other';

export type SamplePayment = {
  id: string;
  membership: SampleMembership;
  reason: 'subscription_create' | 'subscription_cycle' | 'one_time';
  status: 'open' | 'pending' | 'paid';
  currency: Currency;
  /** What the price came to, after discount and before tax. */
  netMinor: number;
  taxMinor: number;
  afterFeesMinor: number;
  /** Tax included, as is the total; null where Whop doesn't tell. */
  usdTotalMinor: number | null;
  createdAt: number;
  updatedAt: number;
  paidAt: number | null;
  lastAttemptAt: number | null;
  nextAttemptAt: number | null;
  failedAttempts: number;
  failureMessage: string | null;
  promoCode: PromoCode | null;
};

export type SampleRefund = {
  id: string;
  payment: SamplePayment;
  amountMinor: number;
  status: 'pending' | 'succeeded';
  createdAt: number;
};

export type SampleDispute = {
  id: string;
  payment: SamplePayment;
  amountMinor: number;
  status: 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost';
  reason: string;
  createdAt: number;
};

/** Something as it was at `at`, under the name that Whop's current webhooks give it. */
export type Happening = { at: number } & (
  | { type: 'plan.created'; plan: SamplePlan }
  | {
      type:
        | 'membership.activated'
        | 'membership.deactivated'
        | 'membership.updated'
        | 'membership.trial_ending_soon'
        | 'membership.cancel_at_period_end_changed';
      membership: SampleMembership;
    }
  | { type: 'payment.succeeded' | 'payment.failed' | 'payment.pending'; payment: SamplePayment }
  | { type: 'refund.created' | 'refund.updated'; refund: SampleRefund }
  | { type: 'dispute.created' | 'dispute.updated'; dispute: SampleDispute }
);

export function totalOf({ netMinor, taxMinor }: SamplePayment): number {
  return netMinor + taxMinor;
}
