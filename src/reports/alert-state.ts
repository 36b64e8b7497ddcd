import type { AlertKind, AlertSettings } from '../domain/alerts/alert.ts';
import { reportingCurrencyOf } from '../domain/company.ts';
import type { Instant } from '../domain/facts.ts';
import { readAlertSettings, readMutes } from '../store/alerts/alert-settings.ts';
import { readBookHead } from '../store/book-head.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { readGuilds } from '../store/guild-settings.ts';
import type { Sources } from './question.ts';

export type AlertState = {
  settings: AlertSettings;
  mutes: readonly { kind: AlertKind; until: Instant }[];
  /** Discord's ids of the channels that alerts come to. */
  channelIds: readonly string[];
  currency: string;
  timeZone: string;
};

/** What a company chose about its alerts. */
export async function readAlertState(
  companyId: string,
  now: Instant,
  { database: { pool }, settings: defaults }: Sources,
): Promise<AlertState> {
  const [settings, mutes, guilds, head, company] = await Promise.all([
    readAlertSettings(pool, companyId),
    readMutes(pool, companyId, now),
    readGuilds(pool, companyId),
    readBookHead(pool, companyId),
    effectiveSettings(pool, companyId, defaults),
  ]);
  const channelIds = guilds.flatMap(({ staffChannelId }) => staffChannelId ?? []);
  const currency = head?.currency ?? reportingCurrencyOf(new Map(), company);
  return { settings, mutes, channelIds, currency, timeZone: company.timeZone };
}
