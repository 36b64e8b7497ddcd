import { expect, it } from 'vitest';
import { segments } from '../../../src/domain/segments.ts';
import { segmentsChart } from '../../../src/render/charts/segments-chart.ts';
import { sampleReport, table } from './sample-report.ts';

it('writes names in lines that fit beside the bars', () => {
  const rows = segments.map((segment) => ({ segment, members: 1, mrr: 0 }));
  const { options } = segmentsChart(sampleReport({ tables: [table('segments', rows)] }));
  expect(options?.scales?.y).toMatchObject({
    labels: expect.arrayContaining([['scheduled to', 'leave'], ['quiet payer'], ['core']]),
  });
});
