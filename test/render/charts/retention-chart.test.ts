import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortChart } from '../../../src/render/charts/cohort-chart.ts';
import { heat } from '../../../src/render/charts/heat.ts';
import { retentionChart } from '../../../src/render/charts/retention-chart.ts';
import { legendOf, subtitleOf } from './chart-text.ts';
import { sampleReport, table } from './sample-report.ts';

type Row = Record<string, string | number | null>;

const survivalReport = (rows: Row[]) => sampleReport({ tables: [table('survival', rows)] });
const cohortReport = (rows: Row[]) => sampleReport({ tables: [table('cohorts', rows)] });

describe('the retention chart', () => {
  const rows = [
    { days: 30, survival: 0.8, lower: 0.7, upper: 0.9, at_risk: 100 },
    { days: 89, survival: 0.5, lower: 0.4, upper: 0.6, at_risk: 50 },
    { days: 90, survival: 0, lower: null, upper: null, at_risk: 1 },
  ];

  it('steps down from 100% at each churn time', () => {
    const config = retentionChart(survivalReport(rows));
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.data.datasets[0]?.data).toEqual(
      [
        [0, 1],
        [30, 1],
        [30, 0.8],
        [89, 0.8],
        [89, 0.5],
        [90, 0.5],
        [90, 0],
      ].map(([x, y]) => ({ x, y })),
    );
    expect(config.options?.scales?.x).toMatchObject({ type: 'linear', min: 0, max: 90 });
  });

  it('outlines the interval, which holds until the day nobody is left', () => {
    const [, band] = retentionChart(survivalReport(rows)).data.datasets;
    expect(band).toMatchObject({ fill: 'shape' });
    expect(band?.data).toContainEqual({ x: 90, y: 0.6 });
    expect(band?.data).toContainEqual({ x: 90, y: 0.4 });
    expect(band?.data).not.toContainEqual({ x: 90, y: 0 });
  });

  it('names the shares after a month, a quarter and a year, as far as the curve goes', () => {
    expect(legendOf(retentionChart(survivalReport(rows)))[0]).toBe('80% after 30 d, 0% after 90 d');
    expect(legendOf(retentionChart(survivalReport(rows.slice(0, 2))))[0]).toBe('80% after 30 d');
    const early = [{ days: 29, survival: 0.9, lower: 0.8, upper: 1 }];
    expect(legendOf(retentionChart(survivalReport(early)))[0]).toBe('still paying');
  });

  it('says that nobody has left yet', () => {
    const { data, options } = retentionChart(survivalReport([]));
    expect(data.datasets).toEqual([]);
    expect(options?.scales?.x).toMatchObject({ labels: ['No customer has left yet'] });
  });
});

describe('the cohort chart', () => {
  /** Full cohorts of consecutive months from January 2024, each with all its months. */
  function fullCohorts(cohorts: number, months: number): Row[] {
    return Array.from({ length: cohorts }, (_, index) =>
      new Date(Date.UTC(2024, index)).toISOString().slice(0, 7),
    ).flatMap((cohort) =>
      Array.from({ length: months }, (_, month) => ({ cohort, size: 10, month, retained: 1 - month / 100 })),
    );
  }

  it('writes each share in its cell, in the row of its cohort', () => {
    const config = cohortChart(
      cohortReport([
        { cohort: '2025-06', size: 7, month: 0, retained: 1 },
        { cohort: '2025-05', size: 12, month: 1, retained: 0.335 },
        { cohort: '2025-05', size: 12, month: 0, retained: 0.67 },
      ]),
    );
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.data.labels).toEqual(['May ’25 (12)', 'Jun ’25 (7)']);
    expect(config.options?.scales).toMatchObject({
      row0: { labels: ['67', '34', '', ''], position: { y: 0 } },
      row1: { labels: ['100', '', '', ''], position: { y: 1 } },
    });
    expect(config.data.datasets.map(({ data }) => data).slice(0, 2)).toEqual([
      [1, 1],
      [1, null],
    ]);
    expect(subtitleOf(config)).toMatch(/^% still paying/);
  });

  it('shows the newest eight cohorts and their first twelve months', () => {
    const { data } = cohortChart(cohortReport(fullCohorts(9, 13)));
    expect(data.labels).toHaveLength(8);
    expect(data.labels?.at(-1)).toBe('Sep ’24 (10)');
    expect(data.datasets).toHaveLength(12);
  });

  it('keeps the place of a month that isn’t known', () => {
    const { options, data } = cohortChart(cohortReport([{ cohort: '2025-05', size: 12, month: 1, retained: 0.5 }]));
    expect(options?.scales?.row0).toMatchObject({ labels: ['', '50', '', ''] });
    expect(data.datasets.map((column) => column.data)).toEqual([[1], [1], [null], [null]]);
  });

  it('says that there is nobody yet', () => {
    const { data, options } = cohortChart(cohortReport([]));
    expect(data.datasets).toEqual([]);
    expect(options?.scales?.x).toMatchObject({ labels: ['No paying customers yet'] });
  });
});

describe('heat', () => {
  it('grows lighter with the share and stays readable', () => {
    const share = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(luminance(heat(low).cell)).toBeLessThanOrEqual(luminance(heat(high).cell));
        expect(contrast(heat(a).cell, heat(a).text)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  /** As WCAG 2 defines them. */
  function contrast(a: string, b: string): number {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
  }

  function luminance(color: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
});
