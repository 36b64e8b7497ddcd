import type { APIEmbed } from 'discord.js';
import { digestKeys } from '../domain/digest.ts';
import type { Instant } from '../domain/facts.ts';
import type { Report } from '../reports/report.ts';
import { atRiskLines } from './digest/at-risk-lines.ts';
import { byFigure, headlineLines } from './digest/digest-values.ts';
import { insightSentences, restatedSentence } from './digest/insight-sentences.ts';
import { bridgeLine, personLines, planLines } from './digest/movement-lines.ts';
import { cameAndWent, deadlineLines, freshnessLine, showsUp } from './digest/week-lines.ts';
import { fitFields, type LineField } from './fit-fields.ts';
import { formatAsOf, formatPeriod } from './format.ts';
import { outsideName } from './outside-name.ts';
import type { ReportMessage } from './report-message.ts';

export type Audience = {
  /** Whether it is shown to staff alone, and so may name people. */
  isStaff: boolean;
  /** When it should have been posted, where that is long ago. */
  due: Instant | null;
};

const withNames = { byPerson: 'By person', cameAndWent: 'Who came and went', atRisk: 'At risk' } as const;

/** Fields that name people where it is shown to staff. */
export const digestFieldsWithNames: readonly string[] = Object.values(withNames);

const accentColor = 0x2f9e8f;

/** Discord takes 6000 characters in an embed; title, description and footer need the rest. */
const fieldCharacters = 5000;

/** The weekly digest as one screen. */
export function digestMessage(report: Report, { isStaff, due }: Audience, png: Uint8Array | null): ReportMessage {
  const name = 'digest.png';
  const embed: APIEmbed = {
    title: `Weekly digest · ${outsideName(report.company.name)}`,
    description: [formatPeriod(report), ...(due === null ? [] : [lateSentence(due, report)])].join('\n'),
    color: accentColor,
    fields: fitFields([...figureFields(report), ...textFields(report, isStaff)], fieldCharacters),
    footer: { text: `As of ${formatAsOf(report)} (${report.timeZone}) · compared with the week before` },
  };
  if (png === null) return { embeds: [embed], files: [] };
  const description = `MRR and members week by week. ${formatPeriod(report)}`;
  return {
    embeds: [{ ...embed, image: { url: `attachment://${name}` } }],
    files: [{ name, description, bytes: png }],
  };
}

function figureFields(report: Report): LineField[] {
  return digestKeys.flatMap((key) =>
    byFigure(report, key).map((figure) => ({
      name: figure.label,
      lines: headlineLines(figure, report),
      inline: true as const,
    })),
  );
}

function textFields(report: Report, isStaff: boolean): LineField[] {
  return [
    { name: 'What stands out', lines: insightSentences(report) },
    { name: 'What moved MRR', lines: bridgeLine(report) },
    { name: 'By plan', lines: planLines(report), inline: true },
    { name: withNames.byPerson, lines: isStaff ? personLines(report) : [], inline: true },
    { name: withNames.cameAndWent, lines: cameAndWent(report, isStaff) },
    { name: withNames.atRisk, lines: atRiskLines(report, isStaff) },
    { name: 'Who shows up', lines: showsUp(report) },
    { name: 'Deadlines', lines: deadlineLines(report) },
    { name: 'Restated', lines: restatedSentence(report) },
    { name: 'Notes', lines: report.notes.map((note) => `• ${outsideName(note, 300)}`) },
    { name: 'How fresh', lines: freshnessLine(report) },
  ];
}

function lateSentence(due: Instant, { timeZone }: Report): string {
  const time = formatAsOf({ asOf: new Date(due).toISOString(), timeZone });
  return `This digest comes late: it was due on ${time}.`;
}
