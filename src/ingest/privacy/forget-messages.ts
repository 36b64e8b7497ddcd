import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { type ShowAlerts, showWaitingAlerts } from '../../store/alerts/show-alerts.ts';

/** How messages look that the bot sends by itself. */
export type Messages = {
  showAlerts: ShowAlerts;
  /** The fields of a digest that can name people. */
  digestFieldsWithNames: readonly string[];
};

/**
 * Takes whom nobody knows any more out of what still waits to be posted: alerts are told of the others alone, and a digest,
 * which was made of facts that are gone, does without the fields that can name people.
 */
export async function forgetInMessages(
  client: PoolClient,
  { companyId, now }: { companyId: string; now: Instant },
  { showAlerts, digestFieldsWithNames }: Messages,
): Promise<void> {
  await showWaitingAlerts(client, { companyId, now }, showAlerts);
  await client.query(
    `update outbox set revision = revision + 1, body = jsonb_set(body, '{embeds,0,fields}', (
       select coalesce(jsonb_agg(field order by place), '[]')
       from jsonb_array_elements(body #> '{embeds,0,fields}') with ordinality as fields (field, place)
       where field ->> 'name' <> all($2)))
     where company_id = $1 and key like 'digest %' and body #> '{embeds,0,fields}' is not null`,
    [companyId, digestFieldsWithNames],
  );
}
