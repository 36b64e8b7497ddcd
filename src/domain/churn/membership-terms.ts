import type { Fact, Instant, Plan } from '../facts.ts';
import type { Terms as CustomerTerms, MembershipRecord } from '../membership-record.ts';
import type { OnSpan } from '../membership-spans.ts';
import { scaleMinor } from '../money.ts';
import { paymentsPerMonth, recurs, succeeded } from '../pricing.ts';
import { dayMs, type Terms } from './member-history.ts';

export type PriceTerms = CustomerTerms;
/** Promo codes by id. */
export type Offers = ReadonlyMap<string, Fact<'promo_code'>>;

const monthDays = 365.25 / 12;

/** What a membership cost while it was on: at first its plan's price, then what was paid. */
export function termsDuring(span: OnSpan, record: MembershipRecord, prices: PriceTerms, offers: Offers): Terms[] {
  const trialEnd = trialEndOf(span, record);
  const discountEnd = discountEndOf(record, offers);
  const first: Terms = {
    since: span.start,
    periodDays: periodOf(record.plan),
    monthlyPriceMinor: listPrice(record.plan, prices.reportingCurrency),
    trialEnd,
    discountEnd,
  };
  const paid = record.steps
    .filter(({ at, currency }) => span.start <= at && at < span.end && currency === prices.reportingCurrency)
    .map(({ at, planId, amountMinor }): Terms => {
      const free = amountMinor === 0 && trialEnd !== null;
      return {
        since: at,
        periodDays: periodOf(prices.plans.get(planId)),
        monthlyPriceMinor: free ? first.monthlyPriceMinor : amountMinor,
        trialEnd: free ? trialEnd : null,
        discountEnd,
      };
    });
  return [first, ...paid];
}

function periodOf(plan: Plan | undefined): number | null {
  return recurs(plan) ? plan.billingPeriodDays : null;
}

function listPrice(plan: Plan | undefined, currency: string): number | null {
  if (!recurs(plan) || plan.currency !== currency || plan.renewalPriceMinor === null) return null;
  return scaleMinor(plan.renewalPriceMinor, paymentsPerMonth(plan.billingPeriodDays));
}

/** Only the first stretch of a membership begins with a trial. */
function trialEndOf({ start }: OnSpan, { membership, plan, spans, sightings }: MembershipRecord): Instant | null {
  if (spans[0]?.start !== start) return null;
  const days = plan?.trialPeriodDays ?? 0;
  const seen = membership.status === 'trialing' || sightings.some(({ status }) => status === 'trialing');
  if (membership.status === 'trialing' && membership.renewalPeriodEnd !== null) return membership.renewalPeriodEnd;
  return days > 0 || seen ? start + days * dayMs : null;
}

/** From the first payment with the code on, for as long as the code lasts. */
function discountEndOf({ membership, plan, payments, spans }: MembershipRecord, offers: Offers): Instant | null {
  const paid = payments.filter(succeeded).toSorted((a, b) => a.paidAt - b.paidAt);
  const used = paid.find(({ promoCodeId }) => promoCodeId !== null);
  const code = offers.get(used?.promoCodeId ?? membership.promoCodeId ?? '');
  const since = used?.paidAt ?? spans[0]?.start;
  if (code === undefined || since === undefined) return null;
  if (code.duration === 'once') return recurs(plan) ? since + plan.billingPeriodDays * dayMs : null;
  if (code.duration !== 'repeating' || code.durationMonths === null) return null;
  return since + code.durationMonths * monthDays * dayMs;
}
