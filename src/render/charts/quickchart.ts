import { createRequire } from 'node:module';
import type QuickChartModule from 'quickchart-js';
import type { ChartConfig } from './chart-config.ts';
import { chartSize, theme } from './theme.ts';

// Its types describe the CommonJS file, an import would load another one.
const QuickChart: (typeof QuickChartModule)['default'] = createRequire(import.meta.url)('quickchart-js');

/**
 * Has a QuickChart server draw. The library writes the request and we send it: its own sending follows redirects to
 * other hosts and has no timeout.
 */
export function createQuickChartRenderer(address: string, timeoutMs: number): (config: ChartConfig) => Promise<Buffer> {
  const url = chartUrl(address);
  return async (config) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(postData(config)),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`chart server answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
}

/** Only scheme, host and path: a password in the address would make `fetch` fail with the address in its message. */
function chartUrl(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, '').replace(/\/chart$/, '')}/chart`;
}

/** JSON text rather than the object: the library's own writer would turn marked strings, say a name, into code. */
function postData(config: ChartConfig): object {
  return new QuickChart()
    .setVersion('4')
    .setConfig(JSON.stringify(config))
    .setWidth(chartSize.width)
    .setHeight(chartSize.height)
    .setDevicePixelRatio(chartSize.pixelRatio)
    .setBackgroundColor(theme.background)
    .setFormat('png')
    .getPostData();
}
