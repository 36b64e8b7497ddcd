import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationChart } from '../../../src/render/charts/calibration-chart.ts';
import type { ChartConfig } from '../../../src/render/charts/chart-config.ts';
import { createChartRenderer } from '../../../src/render/charts/chart-renderer.ts';
import { churnChart } from '../../../src/render/charts/churn-chart.ts';
import { cohortChart } from '../../../src/render/charts/cohort-chart.ts';
import { engagementChart } from '../../../src/render/charts/engagement-chart.ts';
import { hoursChart } from '../../../src/render/charts/hours-chart.ts';
import { marketingChart } from '../../../src/render/charts/marketing-chart.ts';
import { memberChart } from '../../../src/render/charts/member-chart.ts';
import { membersChart } from '../../../src/render/charts/members-chart.ts';
import { overviewChart } from '../../../src/render/charts/overview-chart.ts';
import { retentionChart } from '../../../src/render/charts/retention-chart.ts';
import { revenueChart } from '../../../src/render/charts/revenue-chart.ts';
import { segmentsChart } from '../../../src/render/charts/segments-chart.ts';
import { subscriptionsChart } from '../../../src/render/charts/subscriptions-chart.ts';
import type { Report } from '../../../src/reports/report.ts';
import { daily, sampleReport, table } from './sample-report.ts';

const warnings: object[] = [];
const log = { warn: (fields: object) => void warnings.push(fields) };
const render = createChartRenderer({ charts: 'local', quickChartUrl: '', log });

const charts: [string, (report: Report) => ChartConfig][] = [
  ['revenue', revenueChart],
  ['members', membersChart],
  ['subscriptions', subscriptionsChart],
  ['retention', retentionChart],
  ['cohort', cohortChart],
  ['overview', overviewChart],
  ['engagement', engagementChart],
  ['hours', hoursChart],
  ['churn', churnChart],
  ['calibration', calibrationChart],
  ['segments', segmentsChart],
  ['member', memberChart],
  ['marketing', marketingChart],
];

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
const kind = fc.constantFrom('new', 'churn', 'expansion', 'contraction', 'reactivation', 'unheard of');
const day = fc
  .integer({ min: 0, max: 29 })
  .map((before) => daily('', '', '', Array(30).fill(0)).points[before]?.day ?? '');

const tables = fc.record({
  movements: fc.array(fc.record({ day, kind, currency: fc.constantFrom('USD', 'MXN'), amount: fc.nat() })),
  plan_mix: fc.array(fc.record({ plan: fc.string({ unit: 'grapheme' }), subscriptions: fc.nat() })),
  survival: fc.array(fc.record({ days: fc.nat(4_000), survival: share, lower: share, upper: share })),
  hours: fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.nat(23), messages: fc.nat() })),
  members_at_risk: fc.array(fc.record({ band: fc.constantFrom('low', 'medium', 'high'), mrr: fc.nat() })),
  calibration: fc.array(fc.record({ predicted: share, observed: share })),
  segments: fc.array(
    fc.record({ segment: fc.constantFrom('core', 'fading', 'new'), members: fc.nat(), mrr: fc.nat() }),
  ),
  promo_codes: fc.array(
    fc.record({
      code: fc.string({ unit: 'grapheme' }),
      currency: fc.constantFrom('USD', 'MXN'),
      gross_revenue: fc.nat(),
    }),
  ),
  weeks: fc.array(
    fc.record({
      week: day,
      activities: fc.option(fc.nat()),
      bills_paid: fc.nat(2),
      bills_failed: fc.nat(2),
      probability: share,
    }),
    { maxLength: 26 },
  ),
  cohorts: fc.array(
    fc.record({ cohort: fc.constantFrom('2025-04', '2025-06'), size: fc.nat(), month: fc.nat(40), retained: share }),
  ),
});

const reports = fc
  .record({
    tables,
    mrr: fc.array(fc.maxSafeNat(), { maxLength: 30 }),
    members: fc.array(fc.nat(), { maxLength: 400 }),
    active: fc.array(fc.nat(), { maxLength: 400 }),
  })
  .map(({ tables: rows, mrr, members, active }) =>
    sampleReport({
      tables: Object.entries(rows).map(([key, each]) => table(key, each)),
      series: [
        daily('mrr', 'MRR', 'money', mrr),
        daily('members', 'Members', 'count', members),
        daily('messages', 'Messages', 'count', members),
        daily('active_members', 'Active people', 'count', active),
      ],
    }),
  );

describe.each(charts)('the %s chart', (_name, chart) => {
  it('is drawn from any report, as plain JSON', async () => {
    warnings.length = 0;
    await fc.assert(
      fc.asyncProperty(reports, async (report) => {
        const config = chart(report);
        expect(JSON.parse(JSON.stringify(config))).toEqual(config);
        expect(await render(config)).not.toBeNull();
      }),
      { numRuns: 10 },
    );
    expect(warnings).toEqual([]);
  });

  it('of a report without anything is a sentence, not empty axes', async () => {
    const config = chart(sampleReport());
    expect(config.data.datasets).toEqual([]);
    expect(config.options?.scales?.x).toMatchObject({ labels: [expect.stringMatching(/^No .* yet$/)] });
    expect(await render(config)).not.toBeNull();
  });
});

describe('the text of cells', () => {
  it('is drawn on the cells', async () => {
    const config = cohortChart(
      sampleReport({ tables: [table('cohorts', [{ cohort: '2025-06', size: 7, month: 0, retained: 1 }])] }),
    );
    const silent = structuredClone(config);
    const row = silent.options?.scales?.row0;
    if (row?.ticks) row.ticks.display = false;
    expect(await render(silent)).not.toEqual(await render(config));
  });
});
