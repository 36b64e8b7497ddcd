import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, startApp } from '../app.ts';
import { commandContext } from '../command-context.ts';
import { type Config, parseConfig } from '../config.ts';
import { UserError } from '../domain/user-error.ts';
import { createIngest, type Ingest } from '../ingest/ingest.ts';
import { digest, jobs } from '../jobs/jobs.ts';
import { createDueJobs, type DueJobs } from '../jobs/run-due.ts';
import type { Log } from '../log.ts';
import { createChartRenderer } from '../render/charts/chart-renderer.ts';
import { revenueChart } from '../render/charts/revenue-chart.ts';
import { reportText } from '../render/report-text.ts';
import { revenueReport } from '../reports/revenue.ts';
import { company } from './catalogue.ts';
import { type SampleMessage, sampleMessages } from './chat/messages.ts';
import { createMessageRecorder } from './chat/record-messages.ts';
import { sampleStory } from './community.ts';
import { deliveriesOf, inTransit, type SampleDelivery } from './deliveries.ts';
import { createProgress } from './progress.ts';
import { guildId, sampleSetUp } from './screen/sample-server.ts';
import { type Screen, startScreen } from './screen/start-screen.ts';
import { dayMs, seasonsUntil } from './seasons.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { signDelivery } from './sign-delivery.ts';
import { createDemoClock, type DemoClock } from './time/demo-clock.ts';
import { demoJobParts } from './time/demo-jobs.ts';
import { createDue } from './time/due.ts';
import { type Happening, passTime } from './time/pass-time.ts';
import { playFuture } from './time/play-future.ts';

export type Demo = {
  dataDir: string;
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  log: Log;
  stopping: AbortSignal;
  /** Between the community's past and its future. */
  now: number;
};

const seed = 'golden hour';

/** Before whoever starts the demo looks at it: the bot learns from the past, and posts what it has to say. */
const settlingInMs = 7 * dayMs;

/** The main job on a sample community, through the same doors as everybody's; resolves once it is told to stop. */
export async function runDemo({ dataDir, terminal, log, stopping, now: about }: Demo): Promise<void> {
  const secret = `ws_${randomBytes(24).toString('hex')}`;
  const config = demoConfig(dataDir, secret);
  const { now, until } = seasonsUntil(about);
  const eve = now - settlingInMs;
  const clock = createDemoClock({ start: eve, end: until });
  const app = await startApp(config, log, { stopping, clock: clock.now });
  try {
    const context = commandContext(config, { sources: app.sources, log });
    const ingest = messageIngest(app, config, { clock, log });
    const doors = {
      post: poster(`${app.url}/webhooks/whop`, { secret, clock, stopping }),
      record: createMessageRecorder({ ingest, links: context.links }),
    };
    const story = tellStory(now, eve);
    await sendPast(story.past, { doors, terminal });
    await context.setUp({ ...sampleSetUp, now: eve });
    const screen = await startScreen({ config, context, clock, until, log });
    const due = createDueJobs(jobs, demoJobParts(app, config, { since: eve, stopping, log }));
    try {
      const liveUntil = (to: number) =>
        passTime(to, { clock, stopping, ...life({ story, doors, due, screen, clock }) });
      terminal.write('Letting the bot settle in for a week\n');
      for (let day = eve + dayMs; day <= now; day += dayMs) await liveUntil(day);
      await showRevenue(app, config, { now, dataDir, terminal, log });
      terminal.write(whatNext(app, { page: screen.url, dataDir }));
      await playFuture({ clock, passTime: liveUntil, always: screen.postOutbox, stopping });
    } finally {
      await screen.stop();
      await due.settled();
    }
  } finally {
    await app.stop();
  }
}

/** How what happens reaches the bot. */
type Doors = { post: Post; record(messages: readonly SampleMessage[]): Promise<void> };

type Story = {
  /** In the order in which it arrives. */
  past: { deliveries: SampleDelivery[]; messages: SampleMessage[] };
  /** What comes after the eve, each once it is due. */
  nextDeliveries(now: number): SampleDelivery[];
  nextMessages(now: number): SampleMessage[];
};

function tellStory(now: number, eve: number): Story {
  const happenings = sampleStory({ seed, now });
  const deliveries = deliveriesOf(happenings, now);
  const messages = sampleMessages(happenings, seasonsUntil(now), seed);
  const isPast = ({ at }: { at: number }) => at <= eve;
  const isToCome = ({ at }: { at: number }) => at > eve;
  return {
    past: { deliveries: inTransit(deliveries.filter(isPast), seed), messages: messages.filter(isPast) },
    nextDeliveries: createDue(deliveries.filter(isToCome)),
    nextMessages: createDue(messages.filter(isToCome)),
  };
}

type Lived = { story: Story; doors: Doors; due: DueJobs; screen: Screen; clock: DemoClock };

/** What happens in the community, and what the bot does by itself. */
function life({ story, doors, due, screen, clock }: Lived): Pick<Happening, 'deliver' | 'nextStop' | 'runDue'> {
  return {
    deliver: async () => {
      await doors.post(story.nextDeliveries(clock.now()), () => undefined);
      await doors.record(story.nextMessages(clock.now()));
    },
    nextStop: (after) => due.nextTimeOf(digest, after),
    runDue: async () => {
      await due.run(clock.now());
      await screen.postOutbox();
      screen.showPace(clock.pace());
    },
  };
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

type Past = { doors: Doors; terminal: Demo['terminal'] };

async function sendPast({ deliveries, messages }: Story['past'], { doors, terminal }: Past): Promise<void> {
  terminal.write(`Sending fourteen months of ${company.title}, a made-up community, to the bot’s webhook route\n`);
  await doors.post(deliveries, createProgress(terminal, deliveries.length).step);
  await doors.record(messages);
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
