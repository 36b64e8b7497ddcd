import type { ChartConfig } from '../../../src/render/charts/chart-config.ts';

/** What is written under the title, on one line. */
export function subtitleOf({ options }: ChartConfig): string {
  return [options?.plugins?.subtitle?.text].flat().join(' | ').replace(/\s/g, ' ');
}

export function legendOf({ data }: ChartConfig): (string | undefined)[] {
  return data.datasets.map(({ label }) => label);
}
