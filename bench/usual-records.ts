import type { Membership, Payment } from '@whop/sdk/resources/shared.js';
import type {
  MembershipActivatedWebhookEvent,
  MembershipCancelAtPeriodEndChangedWebhookEvent,
  MembershipDeactivatedWebhookEvent,
  RefundCreatedWebhookEvent,
} from '@whop/sdk/resources/webhooks.js';
import type { Prisma } from '../src/store/generated/client.ts';

export type Transaction = Prisma.TransactionClient;
/** Whose event it is, and when it was, in ISO 8601. */
export type Telling = { companyId: string; at: string };

type MembershipEvent =
  | MembershipActivatedWebhookEvent
  | MembershipDeactivatedWebhookEvent
  | MembershipCancelAtPeriodEndChangedWebhookEvent;

export async function recordPayment(tx: Transaction, payment: Payment, { companyId, at }: Telling): Promise<void> {
  const { id, membership, plan, product, user } = payment;
  await recordReferred(tx, payment, { companyId, at });
  const refers = { userId: user?.id ?? null, planId: plan?.id ?? null, productId: product?.id ?? null };
  const common = { version: `1 ${payment.updated_at}`, older: {} };
  if (membership) {
    const values = { ...refers, status: membership.status, ...common };
    await tx.membership.upsert({
      where: { companyId_id: { companyId, id: membership.id } },
      create: { companyId, id: membership.id, ...values },
      update: values,
    });
  }
  const values = { ...paymentValues(payment), ...refers, membershipId: membership?.id ?? null, ...common };
  await tx.payment.upsert({
    where: { companyId_id: { companyId, id } },
    create: { companyId, id, ...values },
    update: values,
  });
}

function paymentValues(payment: Payment) {
  return {
    status: payment.status,
    billingReason: payment.billing_reason,
    currency: payment.currency?.toUpperCase() ?? null,
    totalMinor: minor(payment.total),
    subtotalMinor: minor(payment.subtotal),
    taxMinor: minor(payment.tax_amount),
    amountAfterFeesMinor: minor(payment.amount_after_fees),
    usdTotalMinor: minor(payment.usd_total),
    createdAt: payment.created_at,
    paidAt: payment.paid_at,
    lastAttemptAt: payment.last_payment_attempt,
    failedAttempts: payment.payments_failed,
    promoCodeId: payment.promo_code?.id ?? null,
  };
}

export async function recordMembership(tx: Transaction, event: MembershipEvent, telling: Telling): Promise<void> {
  const { companyId, at } = telling;
  const { data: membership, type } = event;
  const { id } = membership;
  await recordReferred(tx, membership, telling);
  const values = {
    userId: membership.user?.id ?? null,
    planId: membership.plan.id,
    productId: membership.product.id,
    status: membership.status,
    createdAt: membership.created_at,
    updatedAt: membership.updated_at,
    renewalPeriodStart: membership.renewal_period_start,
    renewalPeriodEnd: membership.renewal_period_end,
    canceledAt: membership.canceled_at,
    cancelAtPeriodEnd: membership.cancel_at_period_end,
    cancelOption: membership.cancel_option,
    promoCodeId: membership.promo_code?.id ?? null,
    version: `1 ${membership.updated_at}`,
    older: {},
  };
  await tx.membership.upsert({
    where: { companyId_id: { companyId, id } },
    create: { companyId, id, ...values },
    update: values,
  });
  if (type === 'membership.cancel_at_period_end_changed') return;
  const change = type === 'membership.activated' ? 'activated' : 'deactivated';
  await tx.membershipChange.create({ data: { companyId, membershipId: id, change, at } });
}

export async function recordRefund(
  tx: Transaction,
  refund: RefundCreatedWebhookEvent.Data,
  { companyId, at }: Telling,
): Promise<void> {
  const values = {
    paymentId: refund.payment?.id ?? null,
    status: refund.status,
    currency: refund.currency.toUpperCase(),
    amountMinor: minor(refund.amount),
    createdAt: refund.created_at,
    version: `1 ${at}`,
    older: {},
  };
  const { id } = refund;
  await tx.refund.upsert({
    where: { companyId_id: { companyId, id } },
    create: { companyId, id, ...values },
    update: values,
  });
}

type Referring = Pick<Payment | Membership, 'company' | 'product' | 'plan' | 'user'>;

/** The things that a payload refers to, with the names that it tells of them. */
async function recordReferred(tx: Transaction, told: Referring, { companyId, at }: Telling): Promise<void> {
  const { company, product, plan, user } = told;
  const common = { version: `1 ${at}`, older: {} };
  const keyOf = (id: string) => ({ companyId_id: { companyId, id } });
  if (company) {
    const values = { title: company.title, ...common };
    await tx.company.upsert({
      where: keyOf(company.id),
      create: { companyId, id: company.id, ...values },
      update: values,
    });
  }
  if (product) {
    const values = { title: product.title, ...common };
    await tx.product.upsert({
      where: keyOf(product.id),
      create: { companyId, id: product.id, ...values },
      update: values,
    });
  }
  if (plan) {
    const values = { productId: product?.id ?? null, ...common };
    await tx.plan.upsert({ where: keyOf(plan.id), create: { companyId, id: plan.id, ...values }, update: values });
  }
  if (user) {
    const values = { username: user.username, name: user.name, ...common };
    await tx.customer.upsert({ where: keyOf(user.id), create: { companyId, id: user.id, ...values }, update: values });
  }
}

/** Of a currency with two digits, as all here are. */
function minor(amount: number | null | undefined): number | null {
  return amount === null || amount === undefined ? null : Math.round(amount * 100);
}
