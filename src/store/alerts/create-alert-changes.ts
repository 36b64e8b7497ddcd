import type { Pool } from 'pg';
import { writeAlertSettings, writeMute } from './alert-settings.ts';
import { type AlertAnswer, respondToAlert } from './respond-to-alert.ts';
import type { ShowAlerts } from './show-alerts.ts';

/** What staff decides about alerts. */
export function createAlertChanges(pool: Pool, show: ShowAlerts) {
  return {
    change: writeAlertSettings.bind(null, pool),
    mute: writeMute.bind(null, pool),
    respond: (companyId: string, answer: AlertAnswer) => respondToAlert(pool, { companyId, answer, show }),
  };
}
