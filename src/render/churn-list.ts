import type { APIEmbed } from 'discord.js';
import type { Report, Table } from '../reports/report.ts';
import { formatValue } from './format.ts';
import { outsideName } from './outside-name.ts';

export const riskLevels = ['high', 'medium', 'low'] as const;
type RiskLevel = (typeof riskLevels)[number];

export type ListFilter = {
  /** Null: all. */
  band: RiskLevel | null;
  /** From 1 on; beyond the last is the last. */
  page: number;
};

export type ShownList = { embeds: APIEmbed[]; page: number; pages: number };

/** As many as one can read on a phone, and fit into an embed. */
const membersAPage = 5;

/** One page of the members at risk, by revenue at risk. */
export function churnList(report: Report, { band, page: wanted }: ListFilter): ShownList {
  const table = report.tables.find(({ key }) => key === 'members_at_risk');
  const rows = (table?.rows ?? []).filter((row) => band === null || row.band === band);
  const pages = Math.max(1, Math.ceil(rows.length / membersAPage));
  const page = Math.min(Math.max(1, Math.trunc(wanted)), pages);
  const shown = rows.slice((page - 1) * membersAPage, page * membersAPage);
  const who = band === null ? 'Members' : `Members at ${band} risk`;
  return {
    page,
    pages,
    embeds: [
      {
        title: `${who}, by revenue at risk`,
        description: shown.length === 0 ? 'Nobody.' : shown.map((row) => memberText(row, report)).join('\n\n'),
        footer: { text: `${rows.length.toLocaleString('en')} in all · page ${page} of ${pages}` },
      },
    ],
  };
}

/** In place of the list, where it isn't shown. */
export function namesElsewhere(staffChannelId: string): APIEmbed {
  return { description: `Who they are is shown in <#${staffChannelId}> alone: ask there.` };
}

type Row = Table['rows'][number];

function memberText(row: Row, { currency }: Report): string {
  const text = (key: string, most?: number) => outsideName(String(row[key] ?? ''), most);
  const value = (key: string, unit: string) => formatValue(Number(row[key] ?? 0), unit, currency);
  const certain = [
    ...(row.contract ? [text('contract', 160)] : []),
    ...(row.next_bill ? [`next bill on ${text('next_bill')}`] : []),
  ];
  const paid = [...(row.mrr === 0 ? [] : [value('mrr', 'money')]), text('other_mrr')];
  return [
    `**${text('member', 40)}** · ${text('plan', 40)} · ${row.other_mrr ? paid.join(' · ') : value('mrr', 'money')} a month`,
    row.confidence === 'prior'
      ? `**${text('band')}** risk of leaving within 30 days (a prior, not learned here yet)`
      : `${value('probability', 'ratio')} to leave within 30 days: **${text('band')}** risk (confidence: ${text('confidence')})`,
    ...(row.reasons ? [`Why: ${text('reasons', 240)}`] : []),
    ...(certain.length > 0 ? [`Contract: ${certain.join('; ')}`] : []),
    `→ ${text('suggestion', 120)}`,
  ].join('\n');
}
