import type { PeriodName } from '../src/domain/calendar.ts';
import { revenueReport } from '../src/reports/revenue.ts';
import type { Database } from '../src/store/database.ts';
import { now, companySettings as settings } from './company-settings.ts';
import { count, type Figure } from './findings.ts';
import { type LoadedCompany, loadCompany } from './history/load-company.ts';
import type { Part } from './part.ts';
import { quantile, ratio } from './statistics.ts';

const periods = ['30d', '365d'] as const satisfies readonly PeriodName[];
type Timings = { period: PeriodName; big: number[]; small: number[] };

/** How long `/stats revenue` takes to be answered from the database, of a big company and of a small one. */
export const reportPart: Part = async ({ database, sizes, say }) => {
  const { big, small, calls, warmUpCalls } = sizes.report;
  say(`report: loading companies of ${count(big)} and ${count(small)} customers`);
  const companies = {
    big: await loadCompany(database.pool, { companyId: 'biz_benchBig', customers: big }),
    small: await loadCompany(database.pool, { companyId: 'biz_benchSmall', customers: small }),
  };
  const timings: Timings[] = [];
  for (const period of periods) {
    say(`report: ${calls} calls each over ${period}`);
    await interleave(database, companies, { period, calls: warmUpCalls });
    timings.push(await interleave(database, companies, { period, calls }));
  }
  return { part: 'report', figures: timings.flatMap(figuresOf), observed: observed(companies, timings) };
};

type Companies = Readonly<Record<'big' | 'small', LoadedCompany>>;

/** One call of each company in turn, so that whatever the machine does besides meets both. */
async function interleave(
  database: Database,
  { big, small }: Companies,
  { period, calls }: { period: PeriodName; calls: number },
): Promise<Timings> {
  const timings: Timings = { period, big: [], small: [] };
  const time = async ({ companyId }: LoadedCompany) => {
    const startedAt = performance.now();
    await revenueReport({ companyId, period, now }, { database, settings });
    return performance.now() - startedAt;
  };
  for (let call = 0; call < calls; call += 1) {
    timings.big.push(await time(big));
    timings.small.push(await time(small));
  }
  return timings;
}

function figuresOf({ period, big, small }: Timings): Figure[] {
  return [
    {
      name: `revenue ${period}, p99, big / small`,
      measured: ratio(quantile(big, 0.99), quantile(small, 0.99)),
      unit: 'ratio',
      target: { atMost: 1.5 },
      means:
        'The slowest of a hundred answers about the big company against that about one with a hundredth of its payments.',
    },
    {
      name: `revenue ${period}, p50, big / small`,
      measured: ratio(quantile(big, 0.5), quantile(small, 0.5)),
      unit: 'ratio',
      target: null,
      means: 'The same of the answer in the middle.',
    },
    {
      name: `revenue ${period}, p99, big`,
      measured: quantile(big, 0.99),
      unit: 'ms',
      target: { atMost: 60 },
      means: 'From the question to the finished report about the big company, on this machine.',
    },
  ];
}

function observed({ big, small }: Companies, timings: readonly Timings[]): string[] {
  const size = ({ payments, customers }: LoadedCompany) =>
    `${count(payments)} payments of ${count(customers)} customers`;
  const ms = (values: readonly number[], share: number) => (quantile(values, share) ?? 0).toFixed(1);
  return [
    `big: ${size(big)}; small: ${size(small)}`,
    ...timings.map(
      (timing) =>
        `${timing.period}, ms: big p50 ${ms(timing.big, 0.5)}, p99 ${ms(timing.big, 0.99)}; ` +
        `small p50 ${ms(timing.small, 0.5)}, p99 ${ms(timing.small, 0.99)} (${timing.big.length} calls each)`,
    ),
  ];
}
