/**
 * What an alert is about, as it is just now: `d` its dispute, `p` the payment of it, `m` the membership of that. A warning may
 * be of a payment that has no dispute yet.
 */
export const alertThings = `
  left join lateral (
    select * from dispute where alert.kind = 'dispute' and dispute.company_id = alert.company_id
      and (dispute.id = alert.thing_id or dispute.payment_id = alert.thing_id)
    order by dispute.id = alert.thing_id desc, dispute.created_at desc nulls last, dispute.id limit 1) d on true
  left join payment p on p.company_id = alert.company_id
    and p.id = case alert.kind when 'failed_payment' then alert.thing_id when 'dispute' then coalesce(d.payment_id, alert.thing_id) end
  left join membership m on m.company_id = alert.company_id
    and m.id = case when alert.kind in ('cancellation', 'trial', 'churn') then alert.thing_id else p.membership_id end`;

const paidStatuses = `('paid', 'unresolved', 'refunded', 'partially_refunded')`;
export const endedStatuses = `('canceled', 'expired', 'completed')`;
/** Of a membership whose end isn't decided. */
export const goesOn = `(m.status = 'active' and m.cancel_at_period_end is not true)`;

/** When something was first paid on a membership since an instant; null where nothing was. */
export function paidSince(since: string, membershipId = 'm.id', companyId = 'm.company_id'): string {
  return `(select min(r.paid_at) from payment r where r.company_id = ${companyId} and r.membership_id = ${membershipId}
    and r.status in ${paidStatuses} and coalesce(r.total_minor, r.subtotal_minor) > 0 and r.paid_at >= ${since})`;
}

/** When a failed payment `p` was paid after all, or another one of its membership in its place. */
export const recoveredAt = `coalesce(case when p.status in ${paidStatuses} then p.paid_at end,
  ${paidSince('coalesce(p.last_attempt_at, p.created_at)', 'p.membership_id', 'p.company_id')})`;
