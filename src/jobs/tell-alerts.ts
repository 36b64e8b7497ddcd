import { coolDownMs, decideAlerts } from '../domain/alerts/decide-alerts.ts';
import { dayOf, startOfDay } from '../domain/calendar.ts';
import type { Instant } from '../domain/facts.ts';
import { alertMessage } from '../render/alert-message.ts';
import { readAlertMemory } from '../store/alerts/alert-memory.ts';
import { addOutcomes } from '../store/alerts/alert-outcomes.ts';
import { readAlertSettings } from '../store/alerts/alert-settings.ts';
import { readWaitingAlerts } from '../store/alerts/waiting-alerts.ts';
import { dropAlerts, writeDecision } from '../store/alerts/write-decision.ts';
import { readBookHead } from '../store/book-head.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { readGuilds } from '../store/guild-settings.ts';
import { forEachCompany } from './for-each-company.ts';
import type { JobParts } from './job.ts';

/** Tells the staff of each company what it has to know, and what became of what it was told. */
export async function tellAlerts(parts: JobParts, now: Instant): Promise<void> {
  await forEachCompany('tell-alerts', parts, async (companyId) => {
    await tellWaiting(companyId, parts, now);
    await addOutcomes(parts.sources.database.pool, { companyId, now }, alertMessage);
  });
}

async function tellWaiting(companyId: string, { sources }: JobParts, now: Instant): Promise<void> {
  const { pool } = sources.database;
  const head = await readBookHead(pool, companyId);
  const waiting = await readWaitingAlerts(pool, companyId, head?.currency ?? null);
  if (waiting.length === 0) return;
  const guilds = await readGuilds(pool, companyId);
  if (guilds.every(({ staffChannelId }) => staffChannelId === null)) return dropAlerts(pool, companyId, now);
  const { timeZone } = await effectiveSettings(pool, companyId, sources.settings);
  const [settings, memory] = await Promise.all([
    readAlertSettings(pool, companyId),
    readAlertMemory(pool, {
      companyId,
      memberIds: waiting.map(({ memberId }) => memberId),
      since: now - coolDownMs,
      startOfToday: startOfDay(dayOf(now, timeZone), timeZone),
    }),
  ]);
  const decision = decideAlerts(waiting, { now, timeZone, settings, memory });
  await writeDecision(pool, { companyId, decision, now }, alertMessage);
}
