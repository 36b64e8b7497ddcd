import type { Chance } from './chance.ts';
import { type Happening, type SampleDispute, type SamplePayment, type SampleRefund, totalOf } from './sample.ts';
import { dayMs, minuteMs, type Seasons } from './seasons.ts';

/** Money that goes back after a payment; `full` where all of it does. */
export type Refunding = { happenings: Happening[]; at: number; full: boolean };

export function refund(payment: SamplePayment, at: number, seasons: Seasons, chance: Chance): Refunding {
  const full = at >= seasons.legacyUntil && chance.happens(0.65);
  const amountMinor = full ? totalOf(payment) : Math.round(totalOf(payment) * chance.pick([0.25, 0.5]));
  const slow = at >= seasons.legacyUntil && chance.happens(0.4);
  const done: SampleRefund = { id: chance.id('rfnd'), payment, amountMinor, status: 'succeeded', createdAt: at };
  if (!slow) return { happenings: [{ at, type: 'refund.created', refund: done }], at, full };
  const happenings: Happening[] = [
    { at, type: 'refund.created', refund: { ...done, status: 'pending' } },
    { at: at + dayMs, type: 'refund.updated', refund: done },
  ];
  return { happenings, at, full };
}

const reasons = ['fraudulent', 'product_not_received', 'subscription_canceled'] as const;

/** A warning that comes to nothing, or a dispute that is answered and decided. */
export function dispute(payment: SamplePayment, at: number, chance: Chance): Happening[] {
  const begun = {
    id: chance.id('dspt'),
    payment,
    amountMinor: totalOf(payment),
    reason: chance.pick(reasons),
    createdAt: at,
  };
  const course: SampleDispute['status'][] = chance.happens(0.3)
    ? ['warning_needs_response', 'warning_closed']
    : ['needs_response', 'under_review', chance.happens(0.4) ? 'won' : 'lost'];
  let day = at;
  return course.map((status, i) => {
    if (i > 0) day += chance.whole(3, 15) * dayMs + chance.whole(0, 900) * minuteMs;
    const type = i === 0 ? 'dispute.created' : 'dispute.updated';
    return { at: day, type, dispute: { ...begun, status } };
  });
}
