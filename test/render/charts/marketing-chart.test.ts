import { expect, it } from 'vitest';
import { marketingChart } from '../../../src/render/charts/marketing-chart.ts';
import { sampleReport, table } from './sample-report.ts';

function drawn(rows: { code: string; currency: string; gross_revenue: number }[]) {
  const { data, options } = marketingChart(sampleReport({ tables: [table('promo_codes', rows)] }));
  const { scales, plugins } = options ?? {};
  return { names: data.labels, values: data.datasets[0]?.data, amounts: scales?.amounts, subtitle: plugins?.subtitle };
}

it('shows what came in with each code in the order of the table, and over which days', () => {
  const one = (code: string, gross_revenue: number) => ({ code, currency: 'USD', gross_revenue });
  expect(drawn([one('SUNRISE50', 123_450), one('CREW10', 900)])).toMatchObject({
    names: ['SUNRISE50', 'CREW10'],
    values: [123_450, 900],
    amounts: { labels: ['$1,234.50', '$9.00'] },
    subtitle: { text: [expect.stringMatching(/^Gross revenue by promo code · Jun 1.+30, 2025$/), expect.anything()] },
  });
});

it('leaves out what can’t be converted, and all but the first eight codes', () => {
  const many = Array.from({ length: 10 }, (_, i) => ({ code: `CODE${i}`, currency: 'USD', gross_revenue: 10 - i }));
  expect(drawn(many).names).toHaveLength(8);
  expect(drawn([{ code: 'CREW10', currency: 'MXN', gross_revenue: 900 }]).names).toEqual([]);
});
