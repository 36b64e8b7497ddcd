import type { AlertKind } from '../domain/alerts/alert.ts';
import type { AlertState } from '../reports/alert-state.ts';
import { formatMoney } from './format.ts';

export const alertKindNames: Readonly<Record<AlertKind, string>> = {
  failed_payment: 'failed payments',
  cancellation: 'scheduled cancellations',
  trial: 'trials ending unconverted',
  dispute: 'disputes',
  churn: 'members likely to leave',
};

/** Which alerts come, where and when. */
export function alertSettingsText({ settings, mutes, channelIds, currency, timeZone }: AlertState): string {
  const { minimumMinor, quietFrom, quietUntil, perDay } = settings;
  const where = channelIds.map((id) => `<#${id}>`).join(', ');
  return [
    channelIds.length === 0 ? 'No staff channel is set, so that nobody is told.' : `Told in ${where}.`,
    minimumMinor === 0
      ? 'Every failed payment counts.'
      : `Failed payments below ${formatMoney(minimumMinor, currency)} are left out.`,
    quietFrom === quietUntil
      ? 'No quiet hours.'
      : `Quiet from ${hour(quietFrom)} until ${hour(quietUntil)} (${timeZone}): what comes then is told at their end.`,
    `${perDay} a day are shown in detail; more are counted, or wait for the next day.`,
    ...mutes.map(({ kind, until }) => `Muted until <t:${Math.floor(until / 1000)}:f>: ${alertKindNames[kind]}.`),
  ].join('\n');
}

function hour(hours: number): string {
  return `${String(hours).padStart(2, '0')}:00`;
}
