import type { PromoCode } from './catalogue.ts';
import type { Chance } from './chance.ts';
import type { Happening, SampleMembership, SamplePayment } from './sample.ts';
import { dayMs, dollarsPer, isWithin, minuteMs, type Seasons, secondMs } from './seasons.ts';

/** A payment that is due; `ordinal` counts the membership's payments from 0. */
export type Due = { membership: SampleMembership; reason: SamplePayment['reason']; at: number; ordinal: number };

/** What came of it; where it wasn't paid, `settledAt` is when Whop gives up. */
export type Charged = { happenings: Happening[]; payment: SamplePayment; settledAt: number };

/** When the card is tried, and when the membership ends should none of them succeed. */
const attemptDays = [0, 1, 3, 5] as const;
const giveUpDays = 8;
const debitDays = 3;

const failureMessages = [
  'Your card was declined.',
  'Your card has insufficient funds.',
  'Your card has expired.',
] as const;

export function charge(due: Due, seasons: Seasons, chance: Chance): Charged {
  const payment = openPayment(due, seasons, chance);
  if (due.membership.person.paysBy === 'sepa_debit') return debit(payment, chance);
  const failures = failuresOf(due, seasons, chance);
  const happenings = attemptDays
    .slice(0, failures)
    .flatMap((days, i) => failedAttempt(payment, { at: due.at + days * dayMs, count: i + 1 }, seasons));
  const recoveredAfter = attemptDays[failures];
  if (recoveredAfter === undefined) return { happenings, payment, settledAt: due.at + giveUpDays * dayMs };
  const at = due.at + recoveredAfter * dayMs;
  const paid = { ...paidAt(payment, at), failedAttempts: failures };
  const recovered = failures > 0 ? standing(due.membership, 'active', at + secondMs, seasons) : [];
  return {
    happenings: [...happenings, { at, type: 'payment.succeeded', payment: paid }, ...recovered],
    payment: paid,
    settledAt: at,
  };
}

/** A bank takes days to debit an account. */
function debit(payment: SamplePayment, chance: Chance): Charged {
  const at = payment.createdAt + debitDays * dayMs + chance.whole(1, 600) * minuteMs;
  const paid = paidAt(payment, at);
  const pending: SamplePayment = { ...payment, status: 'pending' };
  return {
    happenings: [
      { at: payment.createdAt, type: 'payment.pending', payment: pending },
      { at, type: 'payment.succeeded', payment: paid },
    ],
    payment: paid,
    settledAt: at,
  };
}

function paidAt(payment: SamplePayment, at: number): SamplePayment {
  return { ...payment, status: 'paid', paidAt: at, updatedAt: at, lastAttemptAt: at };
}

/** How many attempts fail before one succeeds; all of them where none does. */
function failuresOf({ reason, at, ordinal }: Due, seasons: Seasons, chance: Chance): number {
  if (ordinal === 0 && reason !== 'subscription_cycle') return 0;
  const trouble = seasons.bankTroubles.some((stretch) => isWithin(at, stretch));
  if (!chance.happens(trouble ? 0.5 : 0.085)) return 0;
  const recovers = at < seasons.legacyUntil || chance.happens(trouble ? 0.88 : 0.6);
  return recovers ? chance.whole(1, attemptDays.length - 1) : attemptDays.length;
}

function failedAttempt(
  payment: SamplePayment,
  { at, count }: { at: number; count: number },
  seasons: Seasons,
): Happening[] {
  const next = attemptDays[count];
  const failed: SamplePayment = {
    ...payment,
    updatedAt: at,
    lastAttemptAt: at,
    nextAttemptAt: next === undefined ? null : payment.createdAt + next * dayMs,
    failedAttempts: count,
    failureMessage: failureMessages[payment.createdAt % failureMessages.length] ?? failureMessages[0],
  };
  const pastDue = count === 1 ? standing(payment.membership, 'past_due', at + secondMs, seasons) : [];
  return [{ at, type: 'payment.failed', payment: failed }, ...pastDue];
}

/** Only recent webhooks tell of a membership that is past due. */
function standing(
  membership: SampleMembership,
  status: 'past_due' | 'active',
  at: number,
  { recentFrom }: Seasons,
): Happening[] {
  const told = { ...membership, status, updatedAt: at };
  return at < recentFrom ? [] : [{ at, type: 'membership.updated', membership: told }];
}

function openPayment({ membership, reason, at, ordinal }: Due, seasons: Seasons, chance: Chance): SamplePayment {
  const { person, plan, promoCode } = membership;
  const { currency } = person;
  const first = ordinal === 0 ? plan.joiningFeeMinor[currency] : 0;
  const discount = discountOf(promoCode, ordinal);
  const netMinor = Math.round(((plan.priceMinor[currency] + first) * (100 - discount)) / 100);
  const taxMinor = at < seasons.legacyUntil ? 0 : Math.round((netMinor * taxPercent[currency]) / 100);
  const totalMinor = netMinor + taxMinor;
  const told = person.hasRate && at >= seasons.legacyUntil;
  return {
    id: chance.id('pay'),
    membership,
    reason,
    status: 'open',
    currency,
    netMinor,
    taxMinor,
    afterFeesMinor: Math.round(netMinor - totalMinor * 0.027) - fixedFeeMinor[currency],
    usdTotalMinor: told ? Math.round(totalMinor * dollarsPer(currency, at)) : null,
    createdAt: at,
    updatedAt: at,
    paidAt: null,
    lastAttemptAt: null,
    nextAttemptAt: null,
    failedAttempts: 0,
    failureMessage: null,
    promoCode: discount > 0 ? promoCode : null,
  };
}

const taxPercent = { usd: 0, eur: 21, mxn: 16 };
const fixedFeeMinor = { usd: 30, eur: 28, mxn: 550 };

function discountOf(promoCode: PromoCode | null, ordinal: number): number {
  if (promoCode === null) return 0;
  return promoCode.payments === null || ordinal < promoCode.payments ? promoCode.percentOff : 0;
}
