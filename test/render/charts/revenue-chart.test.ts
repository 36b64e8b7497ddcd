import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLabels } from '../../../src/render/charts/day-labels.ts';
import { niceScale } from '../../../src/render/charts/nice-scale.ts';
import { revenueChart } from '../../../src/render/charts/revenue-chart.ts';
import { fontFamily } from '../../../src/render/charts/theme.ts';
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
    const { options } = revenueChart(revenueReport({ name: 'Café 🚀' }));
    expect(options?.plugins?.title?.text).toBe('Café 🚀');
    expect([options?.plugins?.subtitle?.text].flat().join(' | ').replace(/\s/g, ' ')).toBe(
      'MRR and net revenue · Jun 28 – 30, 2025 | Europe/Berlin, as of Jun 30, 2025, 21:05',
    );
  });

  it.each([
    ['USD', [9_315, 120]],
    ['JPY', [931_500, 12_000]],
    ['KWD', [931.5, 12]],
  ])('shows %s in major units', (currency, [lastMrr, firstRevenue]) => {
    const [mrr, revenue] = revenueChart(revenueReport({ currency })).data.datasets;
    expect(mrr?.data.at(-1)).toBe(lastMrr);
    expect(revenue?.data[0]).toBe(firstRevenue);
  });

  it('gives the stock a line and the flow bars, each on an axis of its own, days below zero in their own colour', () => {
    const { datasets } = revenueChart(revenueReport()).data;
    expect(datasets).toMatchObject([
      { type: 'line', yAxisID: 'mrr', label: 'MRR $9.32K' },
      { type: 'bar', yAxisID: 'net_revenue', label: 'Net revenue by day, total $541', data: [120, null, 450.5] },
      { type: 'bar', yAxisID: 'net_revenue', label: 'negative', data: [null, -30, null] },
    ]);
  });

  it('has no legend for negative days where there are none', () => {
    expect(revenueChart(revenueReport({ netRevenue: [0, 1, 2] })).data.datasets).toHaveLength(2);
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
