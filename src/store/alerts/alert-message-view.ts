import type { Pool } from 'pg';
import type { AlertKind, AlertOutcome } from '../../domain/alerts/alert.ts';
import type { AlertMessageView, AlertView } from '../../domain/alerts/alert-view.ts';
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

type Row = Omit<AlertView, 'mrr' | 'responses' | 'amount' | 'outcome'> & {
  kind: AlertKind;
  place: number | null;
  amountMinor: number | null;
  currency: string | null;
  outcome: AlertOutcome | null;
  outcomeAt: Instant | null;
};

function viewOf(row: Row, mrr: AlertView['mrr'], responses: AlertView['responses']): AlertView {
  const { kind: _, place: __, amountMinor, currency, outcome, outcomeAt, ...view } = row;
  const amount = amountMinor === null || currency === null ? null : { amountMinor, currency };
  return { ...view, mrr, responses, amount, outcome: outcome === null ? null : { is: outcome, at: outcomeAt } };
}

async function readRows(database: Queryable, companyId: string, message: string): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    `select alert.id, alert.kind, place, alert.member_id as "memberId", customer.username, customer.name,
       coalesce(plan.title, product.title, plan.id) as plan, outcome,
       (date_part('epoch', outcome_at) * 1000)::bigint as "outcomeAt",
       case alert.kind when 'dispute' then d.amount_minor else coalesce(p.total_minor, p.subtotal_minor) end as "amountMinor",
       case alert.kind when 'dispute' then d.currency else p.currency end as currency,
       p.failed_attempts as "failedAttempts", m.cancel_option as "cancelOption",
       case alert.kind when 'dispute' then d.status else m.status end as status,
       (date_part('epoch', case alert.kind when 'dispute' then d.needs_response_by else m.renewal_period_end end)
         * 1000)::bigint as "dueAt"
     from alert ${alertThings}
     left join plan on plan.company_id = alert.company_id and plan.id = coalesce(p.plan_id, m.plan_id)
     left join product on product.company_id = alert.company_id
       and product.id = coalesce(plan.product_id, p.product_id, m.product_id)
     left join customer on customer.company_id = alert.company_id and customer.id = alert.member_id
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
    `select alert_id as "alertId", response, by, (date_part('epoch', response.at) * 1000)::bigint as at
     from alert_response response join alert on alert.company_id = response.company_id and alert.id = alert_id
     where response.company_id = $1 and message = $2 order by response.at, response`,
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
