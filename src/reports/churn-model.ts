import type { ChurnModel, Column } from '../domain/churn/churn-model.ts';
import type { Value } from '../domain/figure-value.ts';
import { currentModel } from './churn/learn-and-score.ts';
import { churnModelNames } from './figure-names.ts';
import { answer, namedValues } from './frame.ts';
import type { ReportMaker } from './question.ts';
import type { Table } from './report.ts';

/** How often the churn model was right, and what it has learned. */
export const churnModelReport: ReportMaker = async (question, sources) => {
  const { companyId, now } = question;
  const model = await currentModel(sources, { companyId, now });
  const report = await answer('churn-model', question, sources, async () => ({
    figures: namedValues(churnModelNames, figuresOf(model)),
    tables: [calibrationOf(model), weightsOf(model)],
    series: [],
    notes: [model.note, ...testNote(model), ...engagementNote(model)],
  }));
  const { start, end } = report.period;
  const period = model.window ?? { from: Date.parse(start), to: Date.parse(end) };
  const iso = (at: number) => new Date(at).toISOString();
  return { ...report, period: { name: 'learned from', start: iso(period.from), end: iso(period.to) }, previous: null };
};

const untested = 'not tested: too few members have left in the last weeks to judge it by';

function figuresOf(model: ChurnModel) {
  const { outOfTime, baseRate, rows, members, leavers } = model;
  const tested = (value: number | null | undefined): Value =>
    value == null ? { value: null, unavailable: untested } : { value };
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    base_rate: { value: baseRate },
    auc: tested(outOfTime?.model.auc),
    silence_auc: tested(outOfTime?.silenceAuc),
    brier: tested(outOfTime?.model.brier),
    base_rate_brier: tested(outOfTime?.baseRate.brier),
    called_high: tested(outOfTime?.high.rows),
    called_high_left: tested(outOfTime && share(outOfTime.high.left, outOfTime.high.rows)),
    all_left: tested(outOfTime && share(outOfTime.model.leavers, outOfTime.model.rows)),
    training_rows: { value: rows },
    training_members: { value: members },
    training_leavers: { value: leavers },
  };
}

function calibrationOf({ outOfTime }: ChurnModel): Table {
  const rows = outOfTime?.calibration ?? [];
  return {
    key: 'calibration',
    title: 'What was said, and what came',
    columns: [
      { key: 'group', label: 'Group', unit: 'text' },
      { key: 'predicted', label: 'said', unit: 'ratio' },
      { key: 'observed', label: 'left', unit: 'ratio' },
      { key: 'cases', label: 'member-weeks', unit: 'count' },
    ],
    rows: rows.map((row, i) => ({ group: `${i + 1} of ${rows.length}`, ...row })),
  };
}

const mostWeights = 10;

function weightsOf({ kind, columns }: ChurnModel): Table {
  // What nobody has had yet has its prior still.
  const learned = columns.filter(({ weight, prior }) => kind !== 'fitted' || weight !== prior);
  const strongest = learned.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, mostWeights);
  return {
    key: 'weights',
    title: 'What raises the odds of leaving, and what lowers them',
    columns: [
      { key: 'feature', label: 'Fact', unit: 'text' },
      { key: 'kind', label: 'Kind', unit: 'text' },
      { key: 'odds_ratio', label: 'odds ×', unit: 'number' },
      { key: 'words', label: 'In words', unit: 'text' },
    ],
    rows: strongest.map((column) => ({
      feature: column.feature,
      kind: column.group,
      odds_ratio: Math.exp(column.weight),
      words: inWords(column),
    })),
  };
}

/** By one standard deviation, which makes all of them comparable. */
function inWords({ feature, knot, weight }: Column): string {
  const what = knot === null ? feature : `${feature}, where it is above the usual`;
  const change = Math.round(Math.abs(Math.exp(weight) - 1) * 100);
  return `${what}: ${weight > 0 ? 'raises' : 'lowers'} the odds by ${change}% a standard deviation`;
}

function testNote({ outOfTime, kind }: ChurnModel): string[] {
  if (outOfTime === null) return kind === 'prior' ? [] : ['It couldn’t be tested on its last weeks yet.'];
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const { from, to } = outOfTime;
  return [`Tested on the weeks from ${day(from)} to ${day(to)}, of which the model that was tested knew nothing.`];
}

function engagementNote({ engagement }: ChurnModel): string[] {
  if (engagement === null) return [];
  if (engagement.matters) return ['What members do tells who leaves: knowing it makes the model better.'];
  return engagement.helps
    ? ['Engagement doesn’t matter here as far as can be told: what it makes the model better by may be chance.']
    : ['Engagement doesn’t matter here: knowing what members do makes the model no better, so it is left out.'];
}
