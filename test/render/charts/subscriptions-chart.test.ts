import { describe, expect, it } from 'vitest';
import { subscriptionsChart } from '../../../src/render/charts/subscriptions-chart.ts';
import { subtitleOf } from './chart-text.ts';
import { count, sampleReport, table } from './sample-report.ts';

/** One plan for each count of subscriptions. */
function planMix(subscriptions: number[], name = (index: number) => `Plan ${index}`) {
  const rows = subscriptions.map((each, index) => ({
    plan_id: `plan_${index}`,
    plan: name(index),
    subscriptions: each,
  }));
  const total = subscriptions.reduce((sum, each) => sum + each, 0);
  return sampleReport({ figures: [count('active_subscriptions', total)], tables: [table('plan_mix', rows)] });
}

describe('the subscriptions chart', () => {
  it('has a bar for each plan, the largest first, with its count and share', () => {
    const config = subscriptionsChart(planMix([100, 300, 600]));
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.data.labels).toEqual(['Plan 2', 'Plan 1', 'Plan 0']);
    expect(config.data.datasets[0]?.data).toEqual([600, 300, 100]);
    expect(config.options?.scales?.counts).toMatchObject({ labels: ['600 · 60%', '300 · 30%', '100 · 10%'] });
    expect(subtitleOf(config)).toMatch(/^1,000 active subscriptions by plan/);
  });

  it.each([
    [8, 8, 'Plan 7'],
    [9, 9, 'Other (1)'],
    [12, 9, 'Other (4)'],
  ])('of %i plans has %i bars, the last one %s', (plans, bars, last) => {
    const subscriptions = Array.from({ length: plans }, (_, index) => 20 - index);
    const { labels, datasets } = subscriptionsChart(planMix(subscriptions)).data;
    expect(labels).toHaveLength(bars);
    expect(labels?.at(-1)).toBe(last);
    const drawn = datasets[0]?.data.reduce((sum, value) => Number(sum) + Number(value), 0);
    expect(drawn).toBe(subscriptions.reduce((sum, each) => sum + each, 0));
  });

  it('cuts long names and writes the id where a plan has none', () => {
    expect(subscriptionsChart(planMix([1], () => 'é'.repeat(21))).data.labels).toEqual([`${'é'.repeat(19)}…`]);
    expect(subscriptionsChart(planMix([1], () => '')).data.labels).toEqual(['plan_0']);
  });

  it('leaves the bars room beside the longest names', () => {
    const { options } = subscriptionsChart(planMix([100], () => '👩‍💻'.repeat(20)));
    const { min, max } = { min: 0, max: 0, ...options?.scales?.x };
    expect(100 / (Number(max) - Number(min))).toBeGreaterThan(0.4);
  });

  it('says that there is nothing yet', () => {
    const { data, options } = subscriptionsChart(planMix([0]));
    expect(data.datasets).toEqual([]);
    expect(options?.scales?.x).toMatchObject({ labels: ['No active subscriptions yet'] });
  });
});
