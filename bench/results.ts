import { type Figure, type Findings, measuredText, targetText, verdictText } from './findings.ts';

const head = ['ratio', 'measured', 'target', ''];

function cellsOf(figure: Figure): string[] {
  return [figure.name, measuredText(figure), targetText(figure), verdictText(figure)];
}

/** For a terminal. */
export function resultsText(findings: readonly Findings[], machine: readonly string[]): string {
  const rows = [head, ...findings.flatMap(({ figures }) => figures.map(cellsOf))];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const observed = findings.flatMap((part) => part.observed.map((line) => `${part.part}: ${line}`));
  return `${['', ...table, '', ...observed, '', ...machine].join('\n')}\n`;
}

/** For whoever reads the repository. */
export function resultsMarkdown(findings: readonly Findings[], machine: readonly string[]): string {
  const sections = findings.flatMap(({ part, figures, observed }) => [
    `## ${part[0]?.toUpperCase()}${part.slice(1)}`,
    ['| ratio | measured | target | | what it means |', '| --- | --- | --- | --- | --- |']
      .concat(figures.map((figure) => `| ${[...cellsOf(figure), figure.means].join(' | ')} |`))
      .join('\n'),
    observed.map((line) => `- ${line}`).join('\n'),
  ]);
  const intro =
    'Written by `npm run bench -- --write`. A ratio compares two things that were measured in the same run, in turns; ' +
    'where it is the median of several rounds, the least and the most of them stand in brackets. Absolute numbers are ' +
    'true of this machine only.';
  return `${['# Benchmarks', intro, machine.map((line) => `- ${line}`).join('\n'), ...sections].join('\n\n')}\n`;
}
