import type { ChartConfiguration, Point } from 'chart.js';

/** Chart.js 4 in plain JSON, no functions: the same object is drawn here or sent to a chart server. */
export type ChartConfig = ChartConfiguration<'bar' | 'line', (number | Point | null)[], string>;

export type Datasets = ChartConfig['data']['datasets'];
