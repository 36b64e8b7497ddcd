import { createCanvas } from '@napi-rs/canvas';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  SubTitle,
  Title,
} from 'chart.js';
import type { ChartConfig } from './chart-config.ts';
import { createDrawableText, registerFonts } from './fonts.ts';
import { chartSize, theme } from './theme.ts';

const card: Plugin = {
  id: 'card',
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

const still = { animation: false, responsive: false, devicePixelRatio: chartSize.pixelRatio } as const;

/** Draws in this process with the shipped fonts; nothing leaves the machine. */
export function createLocalRenderer(): (config: ChartConfig) => Promise<Buffer> {
  registerFonts();
  Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController);
  Chart.register(LineElement, PointElement, SubTitle, Title);
  const drawableText = createDrawableText();
  return async (config) => {
    const canvas = createCanvas(chartSize.width, chartSize.height);
    try {
      new Chart(canvas, onCanvas(config, drawableText));
      return await canvas.encode('png');
    } finally {
      Chart.getChart(canvas)?.destroy();
    }
  };
}

/** A copy, since Chart.js writes into the configuration that it is given. */
function onCanvas(config: ChartConfig, drawableText: (text: string) => string): ChartConfig {
  const copy: ChartConfig = JSON.parse(JSON.stringify(config), (_key, value) =>
    typeof value === 'string' ? drawableText(value) : value,
  );
  return { ...copy, options: { ...copy.options, ...still }, plugins: [card] };
}
