import type { Books, CustomerBook } from './books.ts';
import type { Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import type { MembershipRecord } from './membership-record.ts';
import { lastPaymentFailed } from './membership-spans.ts';
import { movementsOf } from './movements.ts';

export type ChurnKinds = { voluntary: number; involuntary: number };

/** Churn movements within a stretch by whether customers wanted to leave. */
export function churnKinds({ customers, timeZone }: Books, stretch: Stretch): ChurnKinds {
  const churned = customers.flatMap((customer) =>
    [...customer.timeline.values()].flatMap((states) =>
      movementsOf(states, stretch.asOf, timeZone)
        .filter(({ kind, at }) => kind === 'churn' && at >= stretch.start)
        .map(({ at }) => isInvoluntary(customer, at)),
    ),
  );
  const involuntary = churned.filter(Boolean).length;
  return { voluntary: churned.length - involuntary, involuntary };
}

/** The membership that ended last decides: it was past due, or its last payment had failed. */
function isInvoluntary({ records }: CustomerBook, at: Instant): boolean {
  const ended = records
    .flatMap((record) => record.spans.filter(({ end }) => end <= at).map(({ end }) => ({ record, end })))
    .toSorted((a, b) => a.end - b.end)
    .at(-1);
  return ended !== undefined && failedBefore(ended.record, ended.end);
}

function failedBefore({ membership, payments }: MembershipRecord, end: Instant): boolean {
  const until = payments.filter((payment) => (payment.createdAt ?? payment.paidAt ?? end) <= end);
  return membership.status === 'past_due' || lastPaymentFailed(until);
}
