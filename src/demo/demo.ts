import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, startApp } from '../app.ts';
import { type Config, parseConfig } from '../config.ts';
import { UserError } from '../domain/user-error.ts';
import type { Log } from '../log.ts';
import { createChartRenderer } from '../render/charts/chart-renderer.ts';
import { revenueChart } from '../render/charts/revenue-chart.ts';
import { reportText } from '../render/report-text.ts';
import { revenueReport } from '../reports/revenue.ts';
import { company } from './catalogue.ts';
import { sampleCommunity } from './community.ts';
import { deliveriesOf, inTransit } from './deliveries.ts';
import { createProgress } from './progress.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { signDelivery } from './sign-delivery.ts';

export type Demo = { dataDir: string; terminal: NodeJS.WriteStream; log: Log; stopping: AbortSignal };

const seed = 'golden hour';

/** The main job on a sample community, through the same doors as everybody's; resolves once it is told to stop. */
export async function runDemo({ dataDir, terminal, log, stopping }: Demo): Promise<void> {
  const secret = `ws_${randomBytes(24).toString('hex')}`;
  const config = demoConfig(dataDir, secret);
  const app = await startApp(config, log, { stopping });
  try {
    const now = Date.now();
    await sendCommunity(app, { secret, now, terminal, stopping });
    await showRevenue(app, config, { now: Date.now(), dataDir, terminal, log });
    terminal.write(whatNext(app, dataDir));
    await aborted(stopping);
  } finally {
    await app.stop();
  }
}

/** Nothing of it is taken from the environment, whose database is somebody's. */
function demoConfig(dataDir: string, secret: string): Config {
  return parseConfig({
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    ROLES: 'web',
    WHOP_COMPANY_ID: company.id,
    WHOP_WEBHOOK_SECRET: secret,
  });
}

type Sending = { secret: string; now: number; terminal: NodeJS.WriteStream; stopping: AbortSignal };

async function sendCommunity(app: App, { secret, now, terminal, stopping }: Sending): Promise<void> {
  const deliveries = deliveriesOf(sampleCommunity({ seed, now }), now);
  const signed = inTransit(deliveries, seed).map((delivery) => signDelivery(delivery, secret, now));
  terminal.write(`Sending fourteen months of ${company.title}, a made-up community, to ${app.url}/webhooks/whop\n`);
  const progress = createProgress(terminal, signed.length);
  await sendDeliveries(signed, { url: `${app.url}/webhooks/whop`, stopping, onSent: progress.step });
}

type Showing = { now: number; dataDir: string; terminal: NodeJS.WriteStream; log: Log };

async function showRevenue({ sources }: App, config: Config, { now, dataDir, terminal, log }: Showing): Promise<void> {
  const report = await revenueReport({ companyId: company.id, period: '30d', now }, sources);
  terminal.write(`\n${reportText(report)}`);
  const png = await createChartRenderer({ ...config.charts, log })(revenueChart(report));
  if (png === null) throw new UserError('The chart wasn’t drawn, see the reason above.');
  const file = join(dataDir, 'revenue.png');
  await writeFile(file, png);
  terminal.write(`\nThe chart is in ${file}\n`);
}

function whatNext({ url }: App, dataDir: string): string {
  return [
    `\nThe bot’s HTTP side stays up at ${url} until Ctrl-C. Meanwhile, in another terminal:`,
    `  curl ${url}/readyz`,
    `  DATABASE_URL= DATA_DIR='${dataDir}' npm run --silent cli -- report revenue --company ${company.id} --period 90d\n`,
  ].join('\n');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
