import type { ChartConfig } from '../src/render/charts/chart-config.ts';
import type { Sources } from '../src/reports/question.ts';

/** What commands answer from. */
export type CommandContext = {
  sources: Sources;
  /** PNG bytes, or null where charts are off or this one failed. */
  drawChart: (chart: ChartConfig) => Promise<Uint8Array | null>;
  version: string;
};
