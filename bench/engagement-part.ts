import { engagementReport } from '../src/reports/engagement.ts';
import type { Database } from '../src/store/database.ts';
import { type Community, loadCommunity } from './activities/load-community.ts';
import { now, companySettings as settings } from './company-settings.ts';
import { count, type Figure } from './findings.ts';
import type { Part } from './part.ts';
import type { Sizes } from './sizes.ts';
import { quantile, ratio } from './statistics.ts';

type Timings = { big: number[]; small: number[] };

/** How long `/stats engagement` takes to be answered from the database, of a loud company and of a quiet one. */
export const engagementPart: Part = async ({ database, sizes, say }) => {
  const { people, big, small, calls, warmUpCalls } = sizes.engagement;
  const communities = {
    big: { companyId: 'biz_benchLoud', people, activities: big },
    small: { companyId: 'biz_benchQuiet', people, activities: small },
  };
  for (const community of [communities.small, communities.big]) {
    say(`engagement: loading ${size(community)}`);
    await loadCommunity(database.pool, community);
  }
  say(`engagement: ${calls} calls each over 30d`);
  await interleave(database, communities, warmUpCalls);
  const timings = await interleave(database, communities, calls);
  return {
    part: 'engagement',
    figures: figuresOf(timings, sizes.engagement),
    observed: observed(communities, timings),
  };
};

type Communities = Readonly<Record<'big' | 'small', Community>>;

/** One call of each company in turn, so that whatever the machine does besides meets both. */
async function interleave(database: Database, { big, small }: Communities, calls: number): Promise<Timings> {
  const timings: Timings = { big: [], small: [] };
  const time = async ({ companyId }: Community) => {
    const startedAt = performance.now();
    await engagementReport({ companyId, period: '30d', now }, { database, settings });
    return performance.now() - startedAt;
  };
  for (let call = 0; call < calls; call += 1) {
    timings.big.push(await time(big));
    timings.small.push(await time(small));
  }
  return timings;
}

function figuresOf({ big, small }: Timings, sizes: Sizes['engagement']): Figure[] {
  return [
    {
      name: 'engagement 30d, p99, big / small',
      measured: ratio(quantile(big, 0.99), quantile(small, 0.99)),
      unit: 'ratio',
      target: { atMost: 1.5 },
      means: `The slowest of a hundred answers about a company with ${count(sizes.big / sizes.small)} times as many activities of as many people.`,
    },
    {
      name: 'engagement 30d, p50, big / small',
      measured: ratio(quantile(big, 0.5), quantile(small, 0.5)),
      unit: 'ratio',
      target: null,
      means: 'The same of the answer in the middle.',
    },
    {
      name: 'engagement 30d, p99, big',
      measured: quantile(big, 0.99),
      unit: 'ms',
      target: { atMost: 150 },
      means: 'From the question to the finished report about the loud company, on this machine.',
    },
  ];
}

function size({ activities, people }: Community): string {
  return `${count(activities)} activities of ${count(people)} people`;
}

function observed({ big, small }: Communities, timings: Timings): string[] {
  const ms = (values: readonly number[], share: number) => (quantile(values, share) ?? 0).toFixed(1);
  return [
    `big: ${size(big)}; small: ${size(small)}; over 365 days in 50 channels`,
    `30d, ms: big p50 ${ms(timings.big, 0.5)}, p99 ${ms(timings.big, 0.99)}; ` +
      `small p50 ${ms(timings.small, 0.5)}, p99 ${ms(timings.small, 0.99)} (${timings.big.length} calls each)`,
  ];
}
