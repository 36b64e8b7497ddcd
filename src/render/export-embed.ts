import type { APIEmbed } from 'discord.js';
import type { Report } from '../reports/report.ts';
import { formatAsOf, formatPeriod } from './format.ts';
import { outsideName } from './outside-name.ts';

export type ExportedFile = { name: string; description: string; bytes: Uint8Array };

/** What the attached files hold. */
export function exportEmbed(report: Report, files: readonly ExportedFile[]): APIEmbed {
  const lines = files.map(({ name, description }) => `\`${name}\`: ${description}`);
  return {
    title: `${report.name} · ${outsideName(report.company.name)}`,
    description: [formatPeriod(report), '', ...lines].join('\n'),
    footer: { text: `As of ${formatAsOf(report)}. Money is in major units, ratios are from 0 to 1.` },
  };
}
