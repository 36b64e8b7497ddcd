import { execFileSync, spawnSync } from 'node:child_process';
import { loadImage } from '@napi-rs/canvas';
import { Chart } from 'chart.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChartRenderer } from '../../../src/render/charts/chart-renderer.ts';
import { createDrawableText, registerFonts } from '../../../src/render/charts/fonts.ts';
import { revenueChart } from '../../../src/render/charts/revenue-chart.ts';
import { revenueReport } from './sample-report.ts';

const warnings: object[] = [];
const log = { warn: (fields: object) => void warnings.push(fields) };
const render = createChartRenderer({ charts: 'local', quickChartUrl: '', log });

async function renderNamed(name: string): Promise<string | undefined> {
  return (await render(revenueChart(revenueReport({ name }))))?.toString('base64');
}

describe('a chart drawn here', () => {
  it('is a PNG of twice the logical size', async () => {
    const png = await render(revenueChart(revenueReport()));
    expect(png?.subarray(1, 4).toString()).toBe('PNG');
    expect(await loadImage(png ?? '')).toMatchObject({ width: 1280, height: 880 });
  });

  it('has the same bytes for the same configuration, which it leaves as it was', async () => {
    const config = revenueChart(revenueReport());
    const before = structuredClone(config);
    expect(await render(config)).toEqual(await render(config));
    expect(config).toEqual(before);
  });

  it.each(['A', 'é', 'ł', 'Ж', 'Ω', 'ữ', '😀', '🚀', '👩‍💻', '🇩🇪'])('draws %s', async (text) => {
    expect(await renderNamed(`x${text}`)).not.toBe(await renderNamed('x'));
  });

  it('draws joined emoji as one', async () => {
    expect(await renderNamed('👩‍💻')).not.toBe(await renderNamed('👩💻'));
  });

  it('leaves no chart behind, failed or not', async () => {
    await render(revenueChart(revenueReport()));
    await render({ ...revenueChart(revenueReport()), type: 'line', options: { scales: { x: { type: 'time' } } } });
    expect(Object.keys(Chart.instances)).toEqual([]);
  });

  it('is null and a line in the log when it fails', async () => {
    const options = { scales: { x: { type: 'time' as const } } };
    warnings.length = 0;
    expect(await render({ ...revenueChart(revenueReport()), options })).toBeNull();
    expect(warnings).toEqual([{ charts: 'local', reason: expect.stringContaining('"time"') }]);
  });

  it('renders any series', async () => {
    const values = fc.array(fc.maxSafeInteger(), { maxLength: 400 });
    const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'BTC', 'USDC');
    await fc.assert(
      fc.asyncProperty(
        values,
        values,
        currency,
        fc.string({ unit: 'grapheme' }),
        async (mrr, netRevenue, code, name) => {
          const report = revenueReport({ mrr, netRevenue, currency: code, name });
          expect(await render(revenueChart(report))).not.toBeNull();
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('drawable text', () => {
  registerFonts();
  const drawableText = createDrawableText();

  it.each(['Plain', 'Café Łódź', 'Привет', 'Ελλάδα', 'Tiếng Việt', '👩🏽‍💻 🚀 ❤️ 1️⃣', '1 – 30 · ’25'])(
    'keeps %s',
    (text) => expect(drawableText(text)).toBe(text),
  );

  it('leaves out controls, marks of direction and symbols that no font has', () => {
    expect(drawableText('a\u202eb\u0007 \u{10FFFD} c')).toBe('ab c');
  });
});

/** Hides the system's fonts from a process of its own, where the kernel lets us. */
const hideFonts =
  'unshare --map-root-user --mount sh -c \'mount -t tmpfs none /usr/share/fonts && exec "$0" "$@"\' "$@"';
const canHideFonts = spawnSync('sh', ['-c', hideFonts, 'sh', 'true']).status === 0;

describe.skipIf(!canHideFonts)('on a machine without fonts', () => {
  const url = (file: string): string => new URL(`../../../src/render/charts/${file}`, import.meta.url).href;

  function evaluate(expression: string): unknown {
    const script = `
      const { createChartRenderer } = await import('${url('chart-renderer.ts')}');
      const { createDrawableText, registerFonts } = await import('${url('fonts.ts')}');
      const { revenueChart } = await import('${url('revenue-chart.ts')}');
      process.stdout.write(JSON.stringify(await (${expression})));`;
    const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
    return JSON.parse(execFileSync('sh', ['-c', hideFonts, 'sh', ...node]).toString());
  }

  it('draws the very same picture', async () => {
    const report = revenueReport({ name: 'Café Łódź Привет Ελλάδα Việt 👩‍💻🚀' });
    const options = `{ charts: 'local', quickChartUrl: '', log: console }`;
    const png = evaluate(
      `createChartRenderer(${options})(revenueChart(${JSON.stringify(report)})).then((png) => png.toString('base64'))`,
    );
    expect(png).toBe((await render(revenueChart(report)))?.toString('base64'));
  });

  it.each([
    ['東京 Traders', '… Traders'],
    ['مجتمع التداول', '…'],
    ['★ 𝓥𝓘𝓟 Ｃlub ✦', 'VIP Club'],
  ])('writes %s as %s, never as empty boxes', (text, expected) => {
    expect(evaluate(`(registerFonts(), createDrawableText())(${JSON.stringify(text)})`)).toBe(expected);
  });
});
