import type { PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';
import type { Instant } from '../domain/facts.ts';
import type { OwnedPayment } from '../domain/marketing/owned-payment.ts';
import type { CodedPayment } from '../domain/marketing/promo-codes.ts';
import { paidStatuses } from '../domain/pricing.ts';
import { selectFact } from './fact-tables.ts';

const membershipPlan = '(select plan_id from membership where company_id = $1 and id = payment.membership_id)';

const planOfPayment = `coalesce(plan_id, ${membershipPlan})`;

/** The payments with a promo code that were paid within a span: of each what is asked for, since there may be many. */
export async function readCodedPayments(client: PoolClient, companyId: string, span: Span): Promise<CodedPayment[]> {
  const { rows } = await client.query<CodedPayment>(
    `select id, customer_id as "customerId", promo_code_id as "promoCodeId", ${planOfPayment} as "planId", status, currency,
       total_minor as "totalMinor", subtotal_minor as "subtotalMinor", tax_minor as "taxMinor",
       usd_total_minor as "usdTotalMinor", (date_part('epoch', paid_at) * 1000)::bigint as "paidAt"
     from payment where company_id = $1 and promo_code_id is not null and paid_at >= $2 and paid_at < $3`,
    [companyId, new Date(span.start), new Date(span.end)],
  );
  return rows;
}

type Asked = { companyId: string; customerIds: readonly string[]; before: Instant };

/** Which of these customers had paid with which codes before an instant, for any plan or the one that is asked for. */
export async function readCodesUsed(
  client: PoolClient,
  { companyId, customerIds, before, planId }: Asked & { planId?: string | undefined },
): Promise<{ customerId: string; promoCodeId: string }[]> {
  const { rows } = await client.query<{ customerId: string; promoCodeId: string }>(
    `select distinct customer_id as "customerId", promo_code_id as "promoCodeId" from payment
     where company_id = $1 and promo_code_id is not null and customer_id = any($2) and paid_at < $3 and status = any($4)
       and ($5::text is null or ${planOfPayment} = $5)`,
    [companyId, customerIds, new Date(before), paidStatuses, planId],
  );
  return rows;
}

/** What these customers paid before an instant. */
export async function readPaymentsBefore(
  client: PoolClient,
  { companyId, customerIds, before }: Asked,
): Promise<OwnedPayment[]> {
  const { rows } = await client.query<OwnedPayment>(
    `select customer_id as "customerId", ${membershipPlan} as "membershipPlanId", ${selectFact('payment')}
     from payment where company_id = $1 and customer_id = any($2) and paid_at < $3`,
    [companyId, customerIds, new Date(before)],
  );
  return rows;
}
