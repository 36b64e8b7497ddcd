import type { Chance } from '../../src/demo/chance.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import type { Payment } from '../../src/domain/facts.ts';
import type { CustomerHistory } from './customer-history.ts';

const refunded = 0.02;
const disputed = 0.003;

/** What of a payment is claimed back: now and then it is refunded, whole or half, or disputed. */
export function claimsOf(
  history: CustomerHistory,
  payment: Payment,
  paidAt: number,
  { chance, now }: { chance: Chance; now: number },
): void {
  const createdAt = paidAt + chance.whole(1, 12) * dayMs;
  if (createdAt > now) return;
  const claim = { paymentId: payment.id, currency: payment.currency, createdAt };
  const total = payment.totalMinor ?? 0;
  if (chance.happens(refunded)) {
    const amountMinor = chance.happens(0.7) ? total : Math.round(total / 2);
    history.refunds.push({ ...claim, id: chance.id('rfnd'), status: 'succeeded', amountMinor });
  } else if (chance.happens(disputed)) {
    const status = chance.pick(['lost', 'won', 'needs_response']);
    history.disputes.push({ ...claim, id: chance.id('dspt'), status, amountMinor: total, needsResponseBy: null });
  }
}
