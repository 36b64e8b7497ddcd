import type { ChartConfig } from './chart-config.ts';
import { createLocalRenderer } from './local-chart.ts';
import { createQuickChartRenderer } from './quickchart.ts';

type ChartKind = 'local' | 'quickchart' | 'off';

/** PNG bytes, or null where charts are off or this one failed: an answer goes out without its picture. */
export type ChartRenderer = (config: ChartConfig) => Promise<Buffer | null>;

export type ChartRendererOptions = {
  charts: ChartKind;
  quickChartUrl: string;
  log: { warn(fields: object, message: string): void };
  timeoutMs?: number;
};

type Draw = (config: ChartConfig) => Promise<Buffer | null>;

const drawers: Record<ChartKind, (options: ChartRendererOptions) => Draw> = {
  local: createLocalRenderer,
  quickchart: ({ quickChartUrl, timeoutMs = 5_000 }) => createQuickChartRenderer(quickChartUrl, timeoutMs),
  off: () => async () => null,
};

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

export function createChartRenderer(options: ChartRendererOptions): ChartRenderer {
  const draw = drawers[options.charts](options);
  return async (config) => {
    try {
      const png = await draw(config);
      if (png && !png.subarray(0, 8).equals(pngSignature)) throw new Error('chart server sent no PNG');
      return png;
    } catch (error) {
      options.log.warn({ charts: options.charts, reason: reason(error) }, 'chart not drawn');
      return null;
    }
  };
}

/** `fetch` keeps the reason of a failed connection in `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
