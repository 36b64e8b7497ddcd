import type { AccountLink, Standing } from '../src/domain/account-link.ts';
import type { Instant } from '../src/domain/facts.ts';
import type { ChartConfig } from '../src/render/charts/chart-config.ts';
import type { Sources } from '../src/reports/question.ts';

/** Changes who is who; each answers what stands in the way, or null where it is done. */
type LinkChanges = {
  /** A code that is good once, for 15 minutes. */
  giveCode(companyId: string, discordUserId: string, now: Instant): Promise<string>;
  link(companyId: string, link: AccountLink): Promise<Standing | null>;
  unlink(
    companyId: string,
    unlinking: Pick<AccountLink, 'discordUserId' | 'source'> & { unlinkedAt: Instant },
  ): Promise<Standing | null>;
};

/** What commands answer from. */
export type CommandContext = {
  sources: Sources;
  links: LinkChanges;
  /** PNG bytes, or null where charts are off or this one failed. */
  drawChart: (chart: ChartConfig) => Promise<Uint8Array | null>;
  version: string;
};
