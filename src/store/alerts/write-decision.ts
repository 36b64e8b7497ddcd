import type { Pool, PoolClient } from 'pg';
import type { WaitingAlert } from '../../domain/alerts/alert.ts';
import type { Decision, Dropped } from '../../domain/alerts/decide-alerts.ts';
import type { Instant } from '../../domain/facts.ts';
import { inOneTransaction } from '../transaction.ts';
import { postAlerts, type ShowAlerts } from './show-alerts.ts';

type Decided = { alert: Pick<WaitingAlert, 'id' | 'memberId'>; state: Dropped | 'told'; place: number | null };

/** Posts what is to be told, and marks it and what isn't, in one transaction: a message and its marks are both there or neither. */
export async function writeDecision(
  pool: Pool,
  { companyId, decision, now }: { companyId: string; decision: Decision; now: Instant },
  show: ShowAlerts,
): Promise<void> {
  const dropped = decision.dropped.map(({ alert, why }): Decided => ({ alert, state: why, place: null }));
  await inOneTransaction(pool, async (client) => {
    await mark(client, { companyId, decided: dropped, message: null, now });
    for (const { shown, counted } of decision.messages) {
      const message = `alert ${shown[0]?.id}`;
      const decided = [
        ...shown.map((alert, index): Decided => ({ alert, state: 'told', place: index + 1 })),
        ...counted.map((alert): Decided => ({ alert, state: 'told', place: null })),
      ];
      await mark(client, { companyId, decided, message, now });
      await postAlerts(client, { companyId, message, now }, show);
    }
  });
}

type Marking = { companyId: string; decided: readonly Decided[]; message: string | null; now: Instant };

async function mark(client: PoolClient, { companyId, decided, message, now }: Marking): Promise<void> {
  await client.query(
    `update alert set state = given.state, place = given.place, member_id = given.member_id, message = $2, decided_at = $3
     from unnest($4::uuid[], $5::text[], $6::int[], $7::text[]) as given (id, state, place, member_id)
     where alert.company_id = $1 and alert.id = given.id and alert.state = 'waiting'`,
    [
      companyId,
      message,
      new Date(now),
      decided.map(({ alert }) => alert.id),
      decided.map(({ state }) => state),
      decided.map(({ place }) => place),
      decided.map(({ alert }) => alert.memberId),
    ],
  );
}

/** Where nobody is to be told, nothing gathers until somebody is: that a channel was chosen meanwhile is looked at again. */
export async function dropAlerts(pool: Pool, companyId: string, now: Instant): Promise<void> {
  await pool.query(
    `update alert set state = 'nowhere', decided_at = $2 where company_id = $1 and state = 'waiting'
       and not exists (select from guild_settings where company_id = $1 and staff_channel_id is not null)`,
    [companyId, new Date(now)],
  );
}
