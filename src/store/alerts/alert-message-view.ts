import type { Pool } from 'pg';
import type { AlertKind, AlertOutcome } from '../../domain/alerts/alert.ts';
import type { AlertMessageView, AlertRisk, AlertView } from '../../domain/alerts/alert-view.ts';
import type { Instant } from '../../domain/facts.ts';
import { groupBy } from '../../domain/group-by.ts';
import { wholeCompany } from '../../domain/scope.ts';
import { alertThings } from './alert-things.ts';

type Queryable = Pick<Pool, 'query'>;

const monthMs = 30 * 24 * 60 * 60 * 1000;

/** A message about alerts, with what is known of them just now; null where there is none. */
export async function readAlertMessage(
  database: Queryable,
  { companyId, message, now }: { companyId: string; message: string; now: Instant },
): Promise<AlertMessageView | null> {
  const rows = await readRows(database, companyId, message);
  const first = rows[0];
  if (first === undefined) return null;
  const shown = rows.filter(({ place }) => place !== null);
  const memberIds = shown.map(({ memberId }) => memberId);
  const [mrr, responses, disputes] = await Promise.all([
    readMrr(database, { companyId, memberIds, now }),
    readResponses(database, companyId, message),
    first.kind === 'dispute' ? readDisputes(database, companyId, now) : null,
  ]);
  const alerts = shown.map((row) => viewOf(row, mrr.get(row.memberId) ?? [], responses.get(row.id) ?? []));
  return { kind: first.kind, alerts, counted: rows.length - shown.length, disputes };
}

type Row = Omit<AlertView, 'mrr' | 'responses' | 'amount' | 'outcome' | 'risk'> & {
  kind: AlertKind;
  rise: AlertRisk['rise'];
  score: Omit<AlertRisk, 'rise'> | null;
  place: number | null;
  amountMinor: number | null;
  currency: string | null;
  outcome: AlertOutcome | null;
  outcomeAt: Instant | null;
};

function viewOf(row: Row, mrr: AlertView['mrr'], responses: AlertView['responses']): AlertView {
  const { kind: _, place: __, amountMinor, currency, outcome, outcomeAt, rise, score, ...view } = row;
  const amount = amountMinor === null || currency === null ? null : { amountMinor, currency };
  const risk = score === null ? null : { ...score, rise };
  return { ...view, mrr, responses, amount, risk, outcome: outcome === null ? null : { is: outcome, at: outcomeAt } };
}

/** By their own word on either platform. */
const optedOut = `exists (
  select from opted_out o left join account_link l on l.company_id = o.company_id and l.discord_user_id = o.user_id
  where o.company_id = alert.company_id and case o.platform
    when 'whop' then o.user_id = alert.member_id else l.whop_user_id = alert.member_id end)`;

/** What the scan said, also once a later one says something else: scores are kept by week. */
const scoreOfAlert = `
  left join lateral (
    select churn_score.* from churn_score join churn_scan using (company_id, week)
    where alert.kind = 'churn' and company_id = alert.company_id and member_id = alert.member_id
    order by churn_scan.at >= alert.at desc, abs(extract(epoch from churn_scan.at - alert.at)) limit 1) s on true`;

async function readRows(database: Queryable, companyId: string, message: string): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    `select alert.id, alert.kind, place, alert.member_id as "memberId", customer.username, customer.name,
       ${optedOut} as "optedOut", alert.reason as rise,
       case when s.member_id is not null then jsonb_build_object('probability', s.probability, 'confidence', s.confidence, 'reasons', s.reasons,
         'contract', s.contract, 'suggestion', s.suggestion) end as score,
       coalesce(plan.title, product.title, plan.id) as plan, outcome,
       (date_part('epoch', outcome_at) * 1000)::bigint as "outcomeAt",
       coalesce(d.amount_minor, p.total_minor, p.subtotal_minor) as "amountMinor",
       case when d.amount_minor is null then p.currency else d.currency end as currency,
       p.failed_attempts as "failedAttempts", m.cancel_option as "cancelOption",
       case alert.kind when 'dispute' then coalesce(d.status, 'warning_needs_response') else m.status end as status,
       (date_part('epoch', case alert.kind when 'dispute' then d.needs_response_by
         when 'churn' then s.next_bill_at else m.renewal_period_end end)
         * 1000)::bigint as "dueAt"
     from alert ${alertThings} ${scoreOfAlert}
     left join plan on plan.company_id = alert.company_id and plan.id = coalesce(p.plan_id, m.plan_id)
     left join product on product.company_id = alert.company_id
       and product.id = coalesce(plan.product_id, p.product_id, m.product_id)
     left join customer on customer.company_id = alert.company_id and customer.id = alert.member_id
       and not ${optedOut}
     where alert.company_id = $1 and message = $2 order by place nulls last, alert.id`,
    [companyId, message],
  );
  return rows;
}

type Mrr = AlertView['mrr'][number];

async function readMrr(
  database: Queryable,
  { companyId, memberIds, now }: { companyId: string; memberIds: readonly string[]; now: Instant },
): Promise<Map<string, Mrr[]>> {
  const { rows } = await database.query<Mrr & { memberId: string }>(
    `select customer_id as "memberId", currency, sum(mrr)::bigint as "amountMinor" from book_stock
     where company_id = $1 and customer_id = any($2) and scope = $3 and at <= $4
     group by customer_id, currency having sum(mrr) > 0 order by currency`,
    [companyId, memberIds, wholeCompany, new Date(now)],
  );
  return groupBy(rows, ({ memberId }) => memberId);
}

type Responded = AlertView['responses'][number];

async function readResponses(
  database: Queryable,
  companyId: string,
  message: string,
): Promise<Map<string, Responded[]>> {
  const { rows } = await database.query<Responded & { alertId: string }>(
    `select * from (
       select distinct on (alert_id, response) alert_id as "alertId", response, nullif(by, '') as by,
         (date_part('epoch', response.at) * 1000)::bigint as at
       from alert_response response join alert on alert.company_id = response.company_id and alert.id = alert_id
       where response.company_id = $1 and message = $2 order by alert_id, response, response.at desc) newest
     order by at, response`,
    [companyId, message],
  );
  return groupBy(rows, ({ alertId }) => alertId);
}

async function readDisputes(
  database: Queryable,
  companyId: string,
  now: Instant,
): Promise<NonNullable<AlertMessageView['disputes']>> {
  const { rows } = await database.query<{ opened: number; payments: number }>(
    `select coalesce(sum(disputes_opened), 0)::int as opened, coalesce(sum(payments_succeeded), 0)::int as payments
     from book_day where company_id = $1 and scope = $2 and grain = 'day' and day > $3::date`,
    [companyId, wholeCompany, new Date(now - monthMs)],
  );
  return rows[0] ?? { opened: 0, payments: 0 };
}
