import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBuckets } from '../../../src/render/charts/day-buckets.ts';
import { dayLabels } from '../../../src/render/charts/day-labels.ts';
import { niceScale } from '../../../src/render/charts/nice-scale.ts';
import { revenueChart } from '../../../src/render/charts/revenue-chart.ts';
import { fontFamily } from '../../../src/render/charts/theme.ts';
import { legendOf, subtitleOf } from './chart-text.ts';
import { revenueReport } from './sample-report.ts';

function fontsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'font' ? [inner] : fontsIn(inner)));
}

function daysUntil(lastDay: string, count: number): string[] {
  const mrr = Array.from({ length: count }, () => 0);
  return revenueReport({ mrr, lastDay }).series[0]?.points.map(({ day }) => day) ?? [];
}

describe('the revenue chart', () => {
  it('is plain JSON', () => {
    const config = revenueChart(revenueReport());
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });

  it('names the company, the days, the zone and the time it was made', () => {
    const config = revenueChart(revenueReport({ name: 'Café 🚀' }));
    expect(config.options?.plugins?.title?.text).toBe('Café 🚀');
    expect(subtitleOf(config)).toBe(
      'MRR and its movements by day · Jun 28 – 30, 2025 | Europe/Berlin, as of Jun 30, 2025, 21:05',
    );
  });

  it.each([
    ['USD', 9_315, 50],
    ['JPY', 931_500, 5_000],
    ['KWD', 931.5, 5],
  ])('shows %s in major units', (currency, lastMrr, gain) => {
    const [mrr, movements] = revenueChart(revenueReport({ currency })).data.datasets;
    expect(mrr?.data.at(-1)).toBe(lastMrr);
    expect(movements?.data).toEqual([null, gain, null]);
  });

  it('stacks gains above zero and losses below it, on an axis of their own under the MRR', () => {
    const config = revenueChart(
      revenueReport({
        movements: [
          { day: '2025-06-28', kind: 'churn', amount: 2_000 },
          { day: '2025-06-28', kind: 'contraction', amount: 1_000 },
          { day: '2025-06-28', kind: 'new', amount: 3_000 },
          { day: '2025-06-29', kind: 'reactivation', amount: 4_000 },
          { day: '2025-06-30', kind: 'expansion', amount: 4_630 },
        ],
      }),
    );
    const stacked = { type: 'bar', yAxisID: 'movements', stack: 'movements' };
    expect(config.data.datasets).toMatchObject([
      { type: 'line', yAxisID: 'mrr', label: 'MRR $9.32K' },
      { ...stacked, label: 'New $30', data: [30, null, null] },
      { ...stacked, label: 'Expansion $46.30', data: [null, null, 46.3] },
      { ...stacked, label: 'Reactivation $40', data: [null, 40, null] },
      { ...stacked, label: 'Churn -$20', data: [-20, null, null] },
      { ...stacked, label: 'Contraction -$10', data: [-10, null, null] },
    ]);
    expect(config.options?.scales?.movements).toMatchObject({ suggestedMin: -50 });
  });

  it('leaves out movements in other currencies and of other days, and the panel where none is left', () => {
    const elsewhere = revenueReport({
      movements: [
        { day: '2025-06-29', kind: 'new', amount: 5_000, currency: 'MXN' },
        { day: '2025-05-29', kind: 'new', amount: 5_000 },
      ],
    });
    const config = revenueChart(elsewhere);
    expect(legendOf(config)).toEqual(['MRR $9.32K']);
    expect(Object.keys(config.options?.scales ?? {})).toEqual(['x', 'mrr']);
    expect(subtitleOf(config)).toMatch(/^MRR · Jun 28/);
  });

  it.each([
    [60, 'by day', [10, 20]],
    [61, 'by week', [30]],
    [186, 'by week', [30]],
    [187, 'by month', [30]],
  ])('sums the movements of %i days %s', (days, words, sums) => {
    const mrr = Array.from({ length: days }, () => 1_000);
    const movements = [
      { day: '2025-06-27', kind: 'new', amount: 1_000 } as const,
      { day: '2025-06-30', kind: 'new', amount: 2_000 } as const,
    ];
    const config = revenueChart(revenueReport({ mrr, movements }));
    expect(subtitleOf(config)).toContain(words);
    expect(config.data.datasets[1]?.data).toHaveLength(days);
    expect(config.data.datasets[1]?.data.filter((value) => value !== null)).toEqual(sums);
  });

  it('says that there is nothing yet', () => {
    const { data, options } = revenueChart(revenueReport({ mrr: [0, 0], movements: [] }));
    expect(data.datasets).toEqual([]);
    expect(options?.scales?.x).toMatchObject({ labels: ['No recurring revenue yet'] });
  });

  it('names a currency that Intl doesn’t know beside the figure', () => {
    expect(revenueChart(revenueReport({ currency: 'USDC' })).data.datasets[0]?.label).toBe('MRR 9.32K USDC');
  });

  it('cuts a long name at whole characters', () => {
    const text = revenueChart(revenueReport({ name: '👩‍💻'.repeat(41) })).options?.plugins?.title?.text;
    expect(text).toBe(`${'👩‍💻'.repeat(39)}…`);
    expect(revenueChart(revenueReport({ name: 'n'.repeat(40) })).options?.plugins?.title?.text).toBe('n'.repeat(40));
  });

  it('names the shipped fonts in every font, since titles inherit none', () => {
    const fonts = fontsIn(revenueChart(revenueReport()));
    expect(fonts.length).toBeGreaterThan(4);
    for (const font of fonts) expect(font).toMatchObject({ family: fontFamily });
  });
});

describe('day labels', () => {
  it('are one for each day, the last included, at most eight of them written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), (count) => {
        const labels = dayLabels(daysUntil('2025-06-30', count));
        expect(labels).toHaveLength(count);
        const written = labels.filter((label) => label !== '').length;
        expect(written).toBeGreaterThan(0);
        expect(written).toBeLessThanOrEqual(8);
        if (count <= 124) expect(labels.at(-1)).toBe('Jun 30');
      }),
    );
  });

  it('name firsts of months where the days cover more than four months', () => {
    const written = dayLabels(daysUntil('2025-06-30', 365)).filter((label) => label !== '');
    expect(written).toEqual(['Jul ’24', 'Sep ’24', 'Nov ’24', 'Jan ’25', 'Mar ’25', 'May ’25']);
  });
});

describe('a nice scale', () => {
  const amounts = fc.array(fc.double({ min: -1e13, max: 1e13, noNaN: true }).map((amount) => Math.round(amount) / 100));

  it('holds zero and every value within its steps', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 2, max: 6 }), (values, intervals) => {
        const { min, max, stepSize } = niceScale(values, intervals);
        expect(min).toBeLessThanOrEqual(Math.min(0, ...values));
        expect(max).toBeGreaterThanOrEqual(Math.max(0, ...values));
        expect(Math.round((max - min) / stepSize)).toBeLessThanOrEqual(intervals);
      }),
    );
  });

  it('has whole steps where asked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 2, max: 6 }), (values, intervals) => {
        const { max, stepSize } = niceScale(values, intervals, 'whole');
        expect(Number.isInteger(stepSize)).toBe(true);
        expect(max).toBeGreaterThanOrEqual(Math.max(0, ...values));
      }),
    );
  });

  it.each([
    [[10_500], 4, { min: 0, max: 12_000, stepSize: 3_000 }],
    [[640, -200], 3, { min: -400, max: 800, stepSize: 400 }],
    [[0, 0], 3, { min: 0, max: 1, stepSize: 1 }],
    [[], 3, { min: 0, max: 1, stepSize: 1 }],
    [[1.05], 4, { min: 0, max: 1.2, stepSize: 0.3 }],
  ])('of %j in %i steps', (values, intervals, expected) => {
    expect(niceScale(values, intervals)).toMatchObject({ min: expected.min, max: expected.max });
    expect(niceScale(values, intervals).stepSize).toBeCloseTo(expected.stepSize, 10);
  });
});

describe('day buckets', () => {
  it('hold each day once, in order, and none covers another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), (count) => {
        const days = daysUntil('2025-06-30', count);
        const { bucketOf, middles, barWidth } = dayBuckets(days);
        const buckets = days.map((day) => bucketOf.get(day) ?? -1);
        expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
        expect(new Set(buckets)).toEqual(new Set(middles.keys()));
        expect(middles.map((middle) => buckets[middle])).toEqual([...middles.keys()]);
        for (const [index, middle] of middles.slice(1).entries()) {
          expect(middle - (middles[index] ?? 0)).toBeGreaterThan(barWidth);
        }
      }),
    );
  });
});
