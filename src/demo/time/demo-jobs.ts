import type { App } from '../../app.ts';
import type { Config } from '../../config.ts';
import type { JobParts } from '../../jobs/job.ts';
import type { Log } from '../../log.ts';
import { createChartRenderer } from '../../render/charts/chart-renderer.ts';

type Surroundings = { since: number; stopping: AbortSignal; log: Log };

/** What the bot's own jobs work with here: there is no Whop to ask, and the months of the demo's activities are all kept. */
export function demoJobParts({ sources }: App, config: Config, { since, stopping, log }: Surroundings): JobParts {
  return {
    sources,
    companyId: config.whop.companyId,
    history: null,
    reconciling: null,
    whopChat: null,
    linkAsWhopSays: null,
    drawChart: createChartRenderer({ ...config.charts, log }),
    activityRetentionDays: config.activity.retentionDays,
    keepActivityMonths: async () => undefined,
    since,
    stopping,
    log,
  };
}
