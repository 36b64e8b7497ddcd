import { describe, expect, it } from 'vitest';
import { engagementChart } from '../../../src/render/charts/engagement-chart.ts';
import { heat } from '../../../src/render/charts/heat.ts';
import { hoursChart } from '../../../src/render/charts/hours-chart.ts';
import { legendOf, subtitleOf } from './chart-text.ts';
import { count, daily, sampleReport, table } from './sample-report.ts';

describe('the engagement chart', () => {
  const report = (days: number) =>
    sampleReport({
      figures: [count('active_members', 1_204)],
      series: [
        daily('messages', 'Messages', 'count', Array(days).fill(10)),
        daily('active_members', 'Active people', 'count', Array(days).fill(3)),
      ],
    });

  it('tells how many different people there were, which days don’t add up to, and how many messages', () => {
    const config = engagementChart(report(30));
    expect(legendOf(config)).toEqual(['Active people 1,204', 'Messages 300']);
    expect(config.data.datasets[1]?.data).toEqual(Array(30).fill(10));
  });

  it('draws messages by week where days would be too thin, and people by day all the same', () => {
    const { data } = engagementChart(report(70));
    expect(data.datasets[0]?.data).toEqual(Array(70).fill(3));
    expect(data.datasets[1]?.data.filter((value) => value !== null)).toEqual(Array(10).fill(70));
    expect(subtitleOf(engagementChart(report(70)))).toContain('messages by week');
  });
});

describe('the chart of hours', () => {
  const rows = [
    { weekday: 1, hour: 0, messages: 2 },
    { weekday: 7, hour: 23, messages: 1_204 },
  ];

  it('has a cell for each hour of each weekday, Monday first, the lighter the more messages', () => {
    const { data } = hoursChart(sampleReport({ tables: [table('hours', rows)] }));
    expect(data.labels).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    expect(data.datasets).toHaveLength(24);
    const colors = data.datasets.map(({ backgroundColor }) => [backgroundColor].flat());
    expect(colors[0]?.[0]).toBe(heat(2 / 1_204).cell);
    expect(colors[23]?.[6]).toBe(heat(1).cell);
    expect(colors[23]?.[0]).toBe(heat(0).cell);
  });

  it('says when most was written', () => {
    const config = hoursChart(sampleReport({ tables: [table('hours', rows)] }));
    expect(subtitleOf(config)).toMatch(/^Messages, most Sun 23:00 \(1,204\)/);
  });
});
