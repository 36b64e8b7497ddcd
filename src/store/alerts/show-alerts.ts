import type { PoolClient } from 'pg';
import type { AlertMessageView } from '../../domain/alerts/alert-view.ts';
import type { Instant } from '../../domain/facts.ts';
import { readGuilds } from '../guild-settings.ts';
import { amend, enqueue, giveUp, type OutgoingMessage } from '../outbox.ts';
import { readAlertMessage } from './alert-message-view.ts';

/** How a message about alerts looks. */
export type ShowAlerts = (view: AlertMessageView) => OutgoingMessage;

type Named = { companyId: string; message: string; now: Instant };

/** Whoever amends the same message waits until this transaction ends, and so reads all that it has written. */
async function holdMessages(client: PoolClient, { companyId, keys }: { companyId: string; keys: readonly string[] }) {
  await client.query('select from outbox where company_id = $1 and key = any($2) order by key for update', [
    companyId,
    keys,
  ]);
}

/** Each server has its own copy. */
function keyOf(message: string, guildId: string): string {
  return `${message} ${guildId}`;
}

/** Posts a message to the staff of each server of a company. */
export async function postAlerts(client: PoolClient, named: Named, show: ShowAlerts): Promise<void> {
  const view = await readAlertMessage(client, named);
  if (view === null) return;
  const { companyId, message } = named;
  for (const { guildId, staffChannelId: channelId } of await readGuilds(client, companyId)) {
    const key = keyOf(message, guildId);
    if (channelId !== null) await enqueue(client, { companyId, key, channelId, message: show(view) });
  }
}

/** Shows anew, from what is stored now, whatever waits to be posted or edited; a message of which no alert is left isn't. */
export async function showWaitingAlerts(
  client: PoolClient,
  { companyId, now }: Omit<Named, 'message'>,
  show: ShowAlerts,
): Promise<void> {
  const { rows } = await client.query<{ key: string; message: string }>(
    `select key, split_part(key, ' ', 1) || ' ' || split_part(key, ' ', 2) as message from outbox
     where company_id = $1 and key like 'alert %' and body is not null order by key for update`,
    [companyId],
  );
  for (const { key, message } of rows) {
    const view = await readAlertMessage(client, { companyId, message, now });
    if (view !== null) await amend(client, { companyId, key, message: show(view) });
    else await giveUp(client, { companyId, key });
  }
}

/** Shows what has become of the alerts of a message, wherever it was posted. */
export async function amendAlerts(
  client: PoolClient,
  named: Named,
  show: ShowAlerts,
): Promise<AlertMessageView | null> {
  const { companyId, message } = named;
  const keys = (await readGuilds(client, companyId)).map(({ guildId }) => keyOf(message, guildId));
  await holdMessages(client, { companyId, keys });
  const view = await readAlertMessage(client, named);
  if (view === null) return null;
  for (const key of keys) await amend(client, { companyId, key, message: show(view) });
  return view;
}
