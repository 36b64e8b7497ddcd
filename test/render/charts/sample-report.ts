import type { MovementKind } from '../../../src/domain/day-entries.ts';
import type { Report } from '../../../src/reports/report.ts';

type Movement = { day: string; kind: MovementKind; amount: number; currency?: string };

type Sample = {
  name?: string;
  currency?: string;
  mrr?: number[];
  netRevenue?: number[];
  lastDay?: string;
  movements?: Movement[];
};

const dayMs = 86_400_000;

/** A report whose days end on 2025-06-30, without figures, tables and series but those given. */
export function sampleReport(given: Partial<Report> = {}): Report {
  return {
    name: 'sample',
    company: { id: 'biz_1', name: 'Northwind' },
    asOf: '2025-06-30T19:05:00Z',
    timeZone: 'Europe/Berlin',
    currency: 'USD',
    period: { name: '30d', start: '2025-05-31T22:00:00Z', end: '2025-06-30T22:00:00Z' },
    previous: null,
    figures: [],
    tables: [],
    series: [],
    notes: [],
    ...given,
  };
}

/** A revenue report whose series end on `lastDay`, one value in minor units for each day. */
export function revenueReport(sample: Sample = {}): Report {
  const { name = 'Northwind', currency = 'USD', lastDay } = sample;
  const { mrr = [900_000, 905_000, 931_500], netRevenue = [12_000, -3_000, 45_050] } = sample;
  const { movements = [{ day: '2025-06-29', kind: 'new', amount: 5_000 }] } = sample;
  return sampleReport({
    name: 'revenue',
    company: { id: 'biz_1', name },
    currency,
    tables: [
      table(
        'movements',
        movements.map((movement) => ({ currency, customers: 1, ...movement })),
      ),
    ],
    series: [
      daily('mrr', 'MRR', 'money', mrr, lastDay),
      daily('net_revenue', 'Net revenue', 'money', netRevenue, lastDay),
    ],
  });
}

export function table(key: string, rows: Report['tables'][number]['rows']): Report['tables'][number] {
  return { key, title: key, columns: [], rows };
}

/** One value for each day until the last. */
export function daily(key: string, label: string, unit: string, values: number[], lastDay = '2025-06-30') {
  const points = values.map((value, index) => {
    const time = Date.parse(lastDay) - (values.length - 1 - index) * dayMs;
    return { day: new Date(time).toISOString().slice(0, 10), value };
  });
  return { key, label, unit, points };
}

export function count(key: string, value: number | null): Report['figures'][number] {
  return { key, label: key, unit: 'count', value, previous: null };
}
