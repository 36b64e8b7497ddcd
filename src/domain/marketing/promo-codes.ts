import { addDays, dayOf, startOfDay } from '../calendar.ts';
import type { Instant, Payment, Plan } from '../facts.ts';
import { compareText } from '../figure-value.ts';
import { groupBy } from '../group-by.ts';
import { scaleMinor } from '../money.ts';
import { type Amounts, paidOf, rateOf, recurs, totalOf } from '../pricing.ts';
import { discountOf, type PromoCode, type Untold } from './discount.ts';

/** Of a payment with a code what tells what came of it; the plan is that of its membership where it has none itself. */
export type CodedPayment = Amounts &
  Pick<Payment, 'id' | 'status' | 'planId' | 'paidAt'> & { customerId: string; promoCodeId: string };

type CodedPaid = CodedPayment & { paidAt: Instant };

/** One customer more who pays, or one less, at an instant. */
export type PayingChange = { customerId: string; at: Instant; change: number };

export type PromoCodeFacts = {
  /** All with a code that were paid in the period. */
  payments: readonly CodedPayment[];
  /** Who had used which code before the period: `useKey` of each. */
  usedBefore: ReadonlySet<string>;
  /** Of who may have set their first price in the period, the payment that set it. */
  firstPrices: ReadonlyMap<string, Pick<Payment, 'id'>>;
  /** How the customers of these payments began to pay, and stopped. */
  paying: readonly PayingChange[];
  codes: ReadonlyMap<string, PromoCode>;
  plans: ReadonlyMap<string, Plan>;
};

export type Asked = { now: Instant; timeZone: string; currency: string; planId?: string | undefined };

export type PromoCodeSum = {
  promoCodeId: string;
  /** Of the money: the reporting currency, or the one that can't be converted into it. */
  currency: string;
  payments: number;
  newCustomers: number;
  grossMinor: number;
  /** Null where it can't be told of each of the payments. */
  discountMinor: number | null;
  retained30: number | null;
  retained90: number | null;
};

export function useKey({ customerId, promoCodeId }: Pick<CodedPayment, 'customerId' | 'promoCodeId'>): string {
  return `${promoCodeId} ${customerId}`;
}

type Use = {
  payment: CodedPaid;
  promoCodeId: string;
  currency: string;
  grossMinor: number;
  discountMinor: number | null;
  untold: Untold | null;
  /** Whether from then on the customer may keep paying: for what renews, and not with this code before. */
  begins: boolean;
  isNew: boolean;
};

export type PromoCodeSums = {
  sums: PromoCodeSum[];
  /** Of how many payments the discount can't be told, by why. */
  untold: ReadonlyMap<Untold, number>;
};

/** What each code did in a period, in each currency; most revenue first, the reporting currency before others. */
export function promoCodeSums(facts: PromoCodeFacts, asked: Asked): PromoCodeSums {
  const uses = usesOf(facts, asked);
  const changes = groupBy(facts.paying, ({ customerId }) => customerId);
  const groups = groupBy(uses, ({ promoCodeId, currency }) => `${promoCodeId} ${currency}`);
  const reasons = groupBy(
    uses.flatMap(({ untold }) => untold ?? []),
    (reason) => reason,
  );
  return {
    sums: [...groups.values()].flatMap((own) => sumOf(own, changes, asked)).sort(inOrder(asked.currency)),
    untold: new Map([...reasons].map(([reason, all]) => [reason, all.length])),
  };
}

function usesOf(facts: PromoCodeFacts, { currency, planId }: Asked): Use[] {
  const { payments, usedBefore, firstPrices, codes, plans } = facts;
  const used = new Set(usedBefore);
  const asked = paidOf(payments).filter((payment) => planId === undefined || payment.planId === planId);
  return asked.map((payment): Use => {
    const { promoCodeId } = payment;
    const begins = !used.has(useKey(payment)) && recurs(plans.get(payment.planId ?? ''));
    used.add(useKey(payment));
    const isNew = firstPrices.get(payment.customerId)?.id === payment.id;
    return { payment, promoCodeId, begins, isNew, ...amountsOf(payment, codes.get(promoCodeId), currency) };
  });
}

type UseAmounts = Pick<Use, 'currency' | 'grossMinor' | 'discountMinor' | 'untold'>;

/** Each amount is converted and rounded by itself; nothing is nothing in any currency. */
function amountsOf(payment: CodedPaid, code: PromoCode | undefined, reporting: string): UseAmounts {
  const total = totalOf(payment) ?? 0;
  const { amountMinor, untold } = discountOf(payment, code);
  const rate = rateOf(payment, reporting);
  if (payment.currency === null || total === 0) {
    return { currency: reporting, grossMinor: 0, discountMinor: null, untold };
  }
  if (rate === null) return { currency: payment.currency, grossMinor: total, discountMinor: amountMinor, untold };
  const discountMinor = amountMinor === null ? null : scaleMinor(amountMinor, rate);
  return { currency: reporting, grossMinor: scaleMinor(total, rate), discountMinor, untold };
}

type Changes = ReadonlyMap<string, readonly PayingChange[]>;

function sumOf(uses: readonly Use[], changes: Changes, asked: Asked): PromoCodeSum[] {
  const [first] = uses;
  if (first === undefined) return [];
  const begun = uses.filter(({ begins }) => begins).map(({ payment }) => payment);
  return [
    {
      promoCodeId: first.promoCodeId,
      currency: first.currency,
      payments: uses.length,
      newCustomers: uses.filter(({ isNew }) => isNew).length,
      grossMinor: uses.reduce((sum, { grossMinor }) => sum + grossMinor, 0),
      discountMinor: uses.reduce<number | null>(
        (sum, { discountMinor }) => (sum === null || discountMinor === null ? null : sum + discountMinor),
        0,
      ),
      retained30: retained(begun, 30, changes, asked),
      retained90: retained(begun, 90, changes, asked),
    },
  ];
}

/** Who pays at the end of the local day that many days after; null where that day is over for nobody. */
function retained(
  begun: readonly CodedPaid[],
  days: number,
  changes: Changes,
  { now, timeZone }: Asked,
): number | null {
  const byDay = groupBy(begun, ({ paidAt }) => dayOf(paidAt, timeZone));
  const due = [...byDay].flatMap(([day, own]) => {
    const until = startOfDay(addDays(day, days + 1), timeZone);
    return until <= now ? own.map(({ customerId }) => pays(changes.get(customerId) ?? [], until)) : [];
  });
  return due.length === 0 ? null : due.filter(Boolean).length / due.length;
}

function pays(changes: readonly PayingChange[], until: Instant): boolean {
  return changes.reduce((sum, { at, change }) => sum + (at < until ? change : 0), 0) > 0;
}

function inOrder(reporting: string): (a: PromoCodeSum, b: PromoCodeSum) => number {
  const foreign = ({ currency }: PromoCodeSum) => Number(currency !== reporting);
  return (a, b) =>
    foreign(a) - foreign(b) ||
    b.grossMinor - a.grossMinor ||
    b.payments - a.payments ||
    compareText(`${a.currency} ${a.promoCodeId}`, `${b.currency} ${b.promoCodeId}`);
}
