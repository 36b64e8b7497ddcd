import { dayOf } from '../domain/calendar.ts';
import type { AffiliateRow } from '../domain/marketing/affiliates.ts';
import type { Untold } from '../domain/marketing/discount.ts';
import type { Frame } from './frame.ts';
import type { Sales } from './marketing-sales.ts';
import { otherCurrenciesNote, unknownAmountNote } from './notes.ts';

const reasons: Readonly<Record<Exclude<Untold, 'amount'>, string>> = {
  code: 'Whop has not told what the code takes off',
  free: 'nothing was paid, and the code does not tell what it would have cost',
  currency: 'the code is in another currency than the payment',
};

/** What the tables leave out, or don't tell as other reports would. */
export function marketingNotes(sales: Sales, affiliates: readonly AffiliateRow[], frame: Frame): string[] {
  const { currency, timeZone } = frame.head;
  const { promoCodes, acquisition } = sales;
  return [
    ...discountNotes(promoCodes.untold),
    ...unknownAmountNote(promoCodes.untold.get('amount') ?? 0),
    ...otherCurrenciesNote(
      [...promoCodes.sums, ...acquisition].map((sum) => sum.currency),
      currency,
    ),
    ...affiliateNotes(affiliates, frame.question.planId, timeZone),
    'Whop’s API tells neither tracking links nor which affiliate a customer came by: who didn’t first pay with a promo code is direct.',
  ];
}

function discountNotes(untold: Sales['promoCodes']['untold']): string[] {
  const told = (['code', 'free', 'currency'] as const).flatMap((reason) => {
    const payments = untold.get(reason) ?? 0;
    return payments === 0 ? [] : [`${reasons[reason]} (${payments === 1 ? '1 payment' : `${payments} payments`})`];
  });
  return told.length === 0 ? [] : [`A discount is not known where of any payment it is not: ${told.join('; ')}.`];
}

function affiliateNotes(rows: readonly AffiliateRow[], planId: string | undefined, timeZone: string): string[] {
  if (planId !== undefined) return ['Whop sums what affiliates bring over all plans: of one alone nobody knows it.'];
  if (rows.length === 0) return [];
  const asOf = dayOf(Math.max(...rows.map((row) => row.asOf)), timeZone);
  return [
    `What affiliates brought is Whop’s own count, in US dollars and of all time, as it was told on ${asOf}: not of this period.`,
  ];
}
