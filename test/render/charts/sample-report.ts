import type { Report } from '../../../src/reports/report.ts';

type Sample = { name?: string; currency?: string; mrr?: number[]; netRevenue?: number[]; lastDay?: string };

const dayMs = 86_400_000;

/** A revenue report whose series end on `lastDay`, one value in minor units for each day. */
export function revenueReport(sample: Sample = {}): Report {
  const { name = 'Northwind', currency = 'USD', lastDay = '2025-06-30' } = sample;
  const { mrr = [900_000, 905_000, 931_500], netRevenue = [12_000, -3_000, 45_050] } = sample;
  const points = (values: number[]) =>
    values.map((value, index) => {
      const time = Date.parse(lastDay) - (values.length - 1 - index) * dayMs;
      return { day: new Date(time).toISOString().slice(0, 10), value };
    });
  return {
    name: 'revenue',
    company: { id: 'biz_1', name },
    asOf: '2025-06-30T19:05:00Z',
    timeZone: 'Europe/Berlin',
    currency,
    period: { name: '30d', start: '2025-05-31T22:00:00Z', end: '2025-06-30T22:00:00Z' },
    previous: null,
    figures: [],
    tables: [],
    series: [
      { key: 'mrr', label: 'MRR', unit: 'money', points: points(mrr) },
      { key: 'net_revenue', label: 'Net revenue', unit: 'money', points: points(netRevenue) },
    ],
    notes: [],
  };
}
