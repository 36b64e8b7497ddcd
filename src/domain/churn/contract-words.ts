import { dayOf } from '../calendar.ts';
import type { Instant, Membership } from '../facts.ts';
import type { ContractFacts } from './contract-facts.ts';

/** What is certain of a membership, for people. */
export function contractWords(facts: ContractFacts, timeZone: string): string[] {
  const on = (at: Instant) => `on ${dayOf(at, timeZone)}`;
  const { pastDue, cancellation, trialEndsAt, discountEndsAt, noBillWithin30Days } = facts;
  return [
    ...(pastDue ? ['the last payment failed'] : []),
    ...(cancellation === null
      ? []
      : [cancellation.endsAt === null ? 'set to end' : `set to end ${on(cancellation.endsAt)}`]),
    ...(trialEndsAt === null ? [] : [`trial ends ${on(trialEndsAt)}`]),
    ...(discountEndsAt === null ? [] : [`discount ends ${on(discountEndsAt)}`]),
    ...(noBillWithin30Days && cancellation === null ? ['no bill within 30 days'] : []),
  ];
}

/** Reasons beside what is certain: nothing is said twice. */
export function reasonsBeside(contract: readonly string[], reasons: readonly string[]): string[] {
  const certain = new Set(contract.map(withoutTime));
  return reasons.filter((reason) => !certain.has(withoutTime(reason)));
}

function withoutTime(fact: string): string {
  return fact.replace(/ on \d{4}-\d\d-\d\d$|, but not within \d+ days$/, '');
}

/** Null where none will come. Whop's own word counts more than what follows from the bills before. */
export function nextBillOf(facts: ContractFacts, membership: Membership | undefined, at: Instant): Instant | null {
  if (facts.cancellation !== null) return null;
  const { renewalPeriodStart: start = null, renewalPeriodEnd: end = null } = membership ?? {};
  if (start !== null && end !== null && start <= at && at < end) return end;
  return facts.trialEndsAt ?? facts.nextBillAt;
}
