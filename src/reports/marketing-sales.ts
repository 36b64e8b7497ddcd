import type { Plan } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import { type AcquisitionSum, acquisitionSums, type Beginner } from '../domain/marketing/acquisition.ts';
import type { PromoCode } from '../domain/marketing/discount.ts';
import { firstPrices, type OwnedPaid } from '../domain/marketing/owned-payment.ts';
import { type CodedPayment, type PromoCodeSums, promoCodeSums, useKey } from '../domain/marketing/promo-codes.ts';
import { type BeginnerAmount, type Paying, readBeginners, readPaying } from '../store/beginnings.ts';
import { readCodedPayments, readCodesUsed, readPaymentsBefore } from '../store/coded-payments.ts';
import { readFacts } from '../store/company-facts.ts';
import type { Frame } from './frame.ts';

/** What came through promo codes in the period, and how who began to pay in it came. */
export type Sales = {
  promoCodes: PromoCodeSums;
  acquisition: AcquisitionSum[];
  codes: ReadonlyMap<string, PromoCode>;
};

export async function loadSales(frame: Frame): Promise<Sales> {
  const { client, period, asked, question, head } = frame;
  const { companyId, planId, now } = question;
  const { scope } = asked;
  const [payments, amounts, told] = await Promise.all([
    readCodedPayments(client, companyId, period),
    readBeginners(client, { companyId, scope, span: period, planId }),
    readFacts(client, 'promo_code', companyId),
  ]);
  const customerIds = [...new Set(payments.map((payment) => payment.customerId))];
  const [paying, used] = await Promise.all([
    readPaying(client, { companyId, scope, customerIds }),
    readCodesUsed(client, { companyId, customerIds, before: period.start, planId }),
  ]);
  const plans = new Map(frame.catalogue.plans.map((plan) => [plan.id, plan]));
  const firsts = await loadFirstPrices(frame, plans, { payments, paying, amounts });
  const codes = new Map(told.map((code) => [code.id, code]));
  const facts = { payments, usedBefore: new Set(used.map(useKey)), firstPrices: firsts, paying, codes, plans };
  const terms = { now, planId, timeZone: head.timeZone, currency: head.currency };
  const channelOf = (id: string) => ((firsts.get(id)?.promoCodeId ?? null) === null ? 'direct' : 'promo code');
  return {
    promoCodes: promoCodeSums(facts, terms),
    acquisition: acquisitionSums(beginnersOf(amounts), channelOf, head.currency),
    codes,
  };
}

type Begun = {
  payments: readonly CodedPayment[];
  paying: readonly Paying[];
  amounts: readonly BeginnerAmount[];
};

/** Of those whom a code may have brought: who has ever paid with one, and isn't known to have paid before the period. */
async function loadFirstPrices(
  { client, period, question }: Frame,
  plans: ReadonlyMap<string, Plan>,
  begun: Begun,
): Promise<Map<string, OwnedPaid>> {
  const paidBefore = new Set(
    begun.paying.filter(({ at, paidSince }) => (paidSince ?? at) < period.start).map(({ customerId }) => customerId),
  );
  const ids = [
    ...begun.payments.filter(({ customerId }) => !paidBefore.has(customerId)),
    ...begun.amounts.filter(({ usedCode }) => usedCode),
  ].map(({ customerId }) => customerId);
  const asked = { companyId: question.companyId, customerIds: [...new Set(ids)], before: period.end };
  return firstPrices(await readPaymentsBefore(client, asked), plans, question.planId);
}

function beginnersOf(amounts: readonly BeginnerAmount[]): Beginner[] {
  return [...groupBy(amounts, ({ customerId }) => customerId)].map(([customerId, own]) => ({
    customerId,
    paid: own.filter(({ currency }) => currency !== ''),
  }));
}
