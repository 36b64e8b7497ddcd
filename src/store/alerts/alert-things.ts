/** What an alert is about, as it is just now: `d` its dispute, `p` the payment of it, `m` the membership of that. */
export const alertThings = `
  left join dispute d on alert.kind = 'dispute' and d.company_id = alert.company_id and d.id = alert.thing_id
  left join payment p on p.company_id = alert.company_id
    and p.id = case alert.kind when 'failed_payment' then alert.thing_id when 'dispute' then d.payment_id end
  left join membership m on m.company_id = alert.company_id
    and m.id = case when alert.kind in ('cancellation', 'trial') then alert.thing_id else p.membership_id end`;

export const paidStatuses = `('paid', 'unresolved', 'refunded', 'partially_refunded')`;
export const endedStatuses = `('canceled', 'expired', 'completed')`;
/** Of a membership whose end isn't decided. */
export const goesOn = `(m.status = 'active' and m.cancel_at_period_end is not true)`;
