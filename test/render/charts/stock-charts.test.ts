import { describe, expect, it } from 'vitest';
import { membersChart } from '../../../src/render/charts/members-chart.ts';
import { overviewChart } from '../../../src/render/charts/overview-chart.ts';
import { legendOf, subtitleOf } from './chart-text.ts';
import { count, daily, sampleReport } from './sample-report.ts';

const members = daily('members', 'Members', 'count', [1_200, 1_204]);
const mrr = daily('mrr', 'MRR', 'money', [900_000, 931_500]);

describe('the members chart', () => {
  it('draws members by day from zero, with who joined and left in the legend', () => {
    const config = membersChart(sampleReport({ series: [members], figures: [count('joined', 84), count('left', 31)] }));
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(legendOf(config)).toEqual(['Members 1,204 · 84 joined · 31 left']);
    expect(config.data.datasets[0]).toMatchObject({ data: [1_200, 1_204], fill: 'origin' });
    expect(config.options?.scales?.members).toMatchObject({ suggestedMin: 0 });
    expect(subtitleOf(config)).toMatch(/^Members by day · Jun 29 – 30, 2025/);
  });

  it('begins with the first day on which anything happened, joined or paid', () => {
    const since = membersChart(sampleReport({ series: [daily('members', 'Members', 'count', [0, 0, 3, 0, 5])] }));
    expect(since.data.labels).toHaveLength(3);
    expect(since.data.datasets[0]).toMatchObject({ data: [3, 0, 5] });
    const both = [daily('mrr', 'MRR', 'money', [0, 900, 900]), daily('members', 'Members', 'count', [0, 0, 4])];
    expect(overviewChart(sampleReport({ series: both })).data.datasets).toMatchObject([
      { data: [9, 9] },
      { data: [0, 4] },
    ]);
  });

  it('leaves out what isn’t known', () => {
    const config = membersChart(sampleReport({ series: [members], figures: [count('joined', null)] }));
    expect(legendOf(config)).toEqual(['Members 1,204']);
  });

  it.each([[[]], [[daily('members', 'Members', 'count', [0, 0])]]])('says that there is nobody yet', (series) => {
    const { data, options } = membersChart(sampleReport({ series }));
    expect(data.datasets).toEqual([]);
    expect(options?.scales?.x).toMatchObject({ labels: ['No members yet'] });
  });
});

describe('the overview chart', () => {
  it('draws MRR in major units above members, each on an axis of its own', () => {
    const config = overviewChart(sampleReport({ series: [mrr, members] }));
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.data.datasets).toMatchObject([
      { label: 'MRR $9.32K', yAxisID: 'mrr', data: [9_000, 9_315] },
      { label: 'Members 1,204', yAxisID: 'members', data: [1_200, 1_204] },
    ]);
    expect(Object.keys(config.options?.scales ?? {})).toEqual(['x', 'members', 'mrr']);
  });

  it('is drawn as soon as there are members, and before that says that there is nothing yet', () => {
    expect(overviewChart(sampleReport({ series: [members] })).data.datasets).toHaveLength(2);
    expect(overviewChart(sampleReport()).data.datasets).toEqual([]);
  });
});
