import type { Compared } from '../reports/compare-with-whop.ts';
import { formatAsOf, formatMoney, formatValue } from './format.ts';

export const figureNames: Readonly<Record<Compared['figure'], string>> = {
  mrr: 'MRR',
  paying_customers: 'paying customers',
  gross_revenue: 'gross revenue of the last 30 complete days',
};

/** What Whop says, what we say, and why they differ; null where they agree. */
export function comparisonSentence(compared: Compared): string | null {
  const { figure, unit, currency, whop, ours, reason, at, timeZone } = compared;
  if (reason === null) return null;
  const [theirs, own] = [whop, ours].map((value) => formatValue(value, unit, currency));
  const asOf = formatAsOf({ asOf: new Date(at).toISOString(), timeZone });
  return `Whop says ${figureNames[figure]} ${theirs}, we say ${own}${why(reason, compared)} (as of ${asOf}, ${timeZone}).`;
}

function why(reason: NonNullable<Compared['reason']>, { unit, currency, timeZone }: Compared): string {
  switch (reason.kind) {
    case 'past_due': {
      const amount = formatValue(reason.amount, unit, currency);
      if (unit === 'money') return `, because Whop leaves out the ${amount} that is past due`;
      return `, because Whop leaves out the ${reason.amount === 1 ? 'one who is' : `${amount} who are`} past due`;
    }
    case 'time_zone':
      return `, because Whop’s days are those of UTC and ours of ${timeZone}`;
    case 'currency':
      return reason.proven
        ? `, because Whop converts ${list(reason.amounts)} at other rates than ours, or where we have none`
        : `; Whop converts ${list(reason.amounts)}, which stands beside ours, but doesn’t tell if that is all of it`;
    case 'unknown':
      return '; no known reason explains it: cli backfill reads everything again';
  }
}

const mostAmounts = 3;

function list(amounts: readonly { currency: string; amount: number }[]): string {
  const shown = amounts.slice(0, mostAmounts).map(({ amount, currency }) => formatMoney(amount, currency, 'code'));
  const hidden = amounts.length - shown.length;
  return hidden > 0 ? `${shown.join(', ')} and ${hidden} more` : shown.join(', ');
}
