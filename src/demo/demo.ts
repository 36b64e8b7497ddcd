import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandContext } from '../../commands/context.ts';
import { type App, startApp } from '../app.ts';
import { commandContext } from '../command-context.ts';
import { type Config, parseConfig } from '../config.ts';
import { UserError } from '../domain/user-error.ts';
import { createIngest, type Ingest } from '../ingest/ingest.ts';
import type { Log } from '../log.ts';
import { createChartRenderer } from '../render/charts/chart-renderer.ts';
import { revenueChart } from '../render/charts/revenue-chart.ts';
import { reportText } from '../render/report-text.ts';
import { revenueReport } from '../reports/revenue.ts';
import { company } from './catalogue.ts';
import { sampleMessages } from './chat/messages.ts';
import { createMessageRecorder } from './chat/record-messages.ts';
import { sampleStory } from './community.ts';
import { deliveriesOf, inTransit, type SampleDelivery } from './deliveries.ts';
import { createProgress } from './progress.ts';
import { asker, channels, guildId } from './screen/sample-server.ts';
import { startScreen } from './screen/start-screen.ts';
import { seasonsUntil } from './seasons.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { signDelivery } from './sign-delivery.ts';
import { createDemoClock, type DemoClock } from './time/demo-clock.ts';
import { createDue } from './time/due.ts';
import { playFuture } from './time/play-future.ts';
import { createJobRunner } from './time/run-jobs.ts';

export type Demo = {
  dataDir: string;
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  log: Log;
  stopping: AbortSignal;
  /** Between the community's past and its future. */
  now: number;
};

const seed = 'golden hour';

/** The main job on a sample community, through the same doors as everybody's; resolves once it is told to stop. */
export async function runDemo({ dataDir, terminal, log, stopping, now: about }: Demo): Promise<void> {
  const secret = `ws_${randomBytes(24).toString('hex')}`;
  const config = demoConfig(dataDir, secret);
  const { now, until } = seasonsUntil(about);
  const clock = createDemoClock({ start: now, end: until });
  const app = await startApp(config, log, { stopping, clock: clock.now });
  try {
    const happenings = sampleStory({ seed, now });
    const story = deliveriesOf(happenings, now);
    const post = poster(`${app.url}/webhooks/whop`, { secret, clock, stopping });
    await sendPast(
      inTransit(
        story.filter(({ at }) => at <= now),
        seed,
      ),
      { app, post, terminal },
    );
    const context = commandContext(config, { sources: app.sources, log });
    const messages = sampleMessages(happenings, seasonsUntil(about), seed);
    const record = createMessageRecorder({ ingest: messageIngest(app, config, { clock, log }), links: context.links });
    await record(messages.filter(({ at }) => at <= now));
    await setUpChannels(context, now);
    await showRevenue(app, config, { now, dataDir, terminal, log });
    const screen = await startScreen({ config, context, clock, until, log });
    try {
      terminal.write(whatNext(app, { page: screen.url, dataDir }));
      const due = createDue(story.filter(({ at }) => at > now));
      const written = createDue(messages.filter(({ at }) => at > now));
      const { sources } = app;
      const { drawChart } = context;
      const runJobs = createJobRunner({
        sources,
        companyId: company.id,
        guildId,
        drawChart,
        since: now,
        stopping,
        log,
      });
      const catchUp = async () => {
        await post(due(clock.now()), () => undefined);
        await record(written(clock.now()));
        await runJobs(clock.now());
      };
      await playFuture({ clock, catchUp, onStep: screen.showPace, always: screen.postOutbox, stopping });
    } finally {
      await screen.stop();
    }
  } finally {
    await app.stop();
  }
}

/** So that alerts and digests come as time passes. */
async function setUpChannels({ setUp }: CommandContext, now: number): Promise<void> {
  const guild = { staffChannelId: channels.staff.id, digestChannelId: channels.digest.id, staffRoleId: undefined };
  const asIs = { timeZone: undefined, reportingCurrency: undefined, weekStart: undefined };
  await setUp({ companyId: company.id, guildId, setUpBy: asker.userId, now, guild, company: asIs });
}

/** Nothing of it is taken from the environment, whose database is somebody's. */
function demoConfig(dataDir: string, secret: string): Config {
  return parseConfig({
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    ROLES: 'web',
    DISCORD_GUILD_IDS: guildId,
    WHOP_COMPANY_ID: company.id,
    WHOP_WEBHOOK_SECRET: secret,
  });
}

/** Messages have no webhook: what listens to Discord and to Whop's chat hands them to this door. */
function messageIngest({ sources }: App, config: Config, { clock, log }: { clock: DemoClock; log: Log }): Ingest {
  const { retentionDays } = config.activity;
  const { pool } = sources.database;
  return createIngest({ pool, log, settings: config.company, activityRetentionDays: retentionDays, clock: clock.now });
}

type Post = (deliveries: readonly SampleDelivery[], onSent: () => void) => Promise<void>;

/** Sends what Whop would send, signed at the community's time. */
function poster(url: string, parts: { secret: string; clock: DemoClock; stopping: AbortSignal }): Post {
  const { secret, clock, stopping } = parts;
  return async (deliveries, onSent) => {
    const signed = deliveries.map((delivery) => signDelivery(delivery, secret, clock.now()));
    await sendDeliveries(signed, { url, stopping, onSent });
  };
}

type Past = { app: App; post: Post; terminal: Demo['terminal'] };

async function sendPast(deliveries: readonly SampleDelivery[], { app, post, terminal }: Past): Promise<void> {
  terminal.write(`Sending fourteen months of ${company.title}, a made-up community, to ${app.url}/webhooks/whop\n`);
  await post(deliveries, createProgress(terminal, deliveries.length).step);
}

type Showing = { now: number; dataDir: string; terminal: Demo['terminal']; log: Log };

async function showRevenue({ sources }: App, config: Config, { now, dataDir, terminal, log }: Showing): Promise<void> {
  const report = await revenueReport({ companyId: company.id, period: '30d', now }, sources);
  terminal.write(`\n${reportText(report)}`);
  const png = await createChartRenderer({ ...config.charts, log })(revenueChart(report));
  if (png === null) throw new UserError('The chart wasn’t drawn, see the reason above.');
  const file = join(dataDir, 'revenue.png');
  await writeFile(file, png);
  terminal.write(`\nThe chart is in ${file}\n`);
}

function whatNext({ url }: App, { page, dataDir }: { page: string; dataDir: string }): string {
  return [
    `\nNow open ${page} in a browser: a Discord channel with the bot in it. Type /stats, or let time pass.\n`,
    `It stays up until Ctrl-C, as does the bot’s HTTP side. Meanwhile, in another terminal:`,
    `  curl ${url}/readyz`,
    `  DATABASE_URL= DATA_DIR='${dataDir}' npm run --silent cli -- report revenue --company ${company.id} --period 90d\n`,
  ].join('\n');
}
