import { groupBy } from '../src/domain/group-by.ts';
import { type Figure, type Findings, measuredText, targetText, verdictText } from './findings.ts';

const head = ['ratio', 'measured', 'target', ''];

function cellsOf(figure: Figure): string[] {
  return [figure.name, measuredText(figure), targetText(figure), verdictText(figure)];
}

/** Every cell as wide as the widest of its column; as narrow as three, which Markdown asks for below a heading. */
function inColumns(rows: readonly (readonly string[])[]): string[][] {
  const widths = head.map((_, i) => Math.max(3, ...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)));
}

/** For a terminal. */
export function resultsText(findings: readonly Findings[], machine: readonly string[]): string {
  const rows = inColumns([head, ...findings.flatMap(({ figures }) => figures.map(cellsOf))]);
  const table = rows.map((row) => row.join('  ').trimEnd());
  const observed = findings.flatMap((part) => part.observed.map((line) => `${part.part}: ${line}`));
  return `${['', ...table, '', ...observed, '', ...machine].join('\n')}\n`;
}

const intro =
  'Written by `npm run bench -- --write`. A ratio compares two things that were measured in the same run, in turns; where ' +
  'it is the median of several rounds, the least and the most of them stand in brackets. Absolute numbers are true of ' +
  'this machine only.';

/** For whoever reads the repository, as the formatter would have it. */
export function resultsMarkdown(findings: readonly Findings[], machine: readonly string[]): string {
  const sections = findings.flatMap(({ part, figures, observed }) => [
    `## ${part}`,
    markdownTable(figures.map(cellsOf)),
    list(meanings(figures)),
    'Here that was:',
    list(observed),
  ]);
  return `${['# Benchmarks', intro, list(machine), ...sections].join('\n\n')}\n`;
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = inColumns([head, ...rows]);
  const rule = heading.map((cell) => '-'.repeat(cell.length));
  return [heading, rule, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function meanings(figures: readonly Figure[]): string[] {
  const byMeaning = groupBy(figures, ({ means }) => means);
  return [...byMeaning].map(([means, alike]) => `**${alike.map(({ name }) => name).join('**, **')}**: ${means}`);
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
