import type { AccountLink, Standing } from '../src/domain/account-link.ts';
import type { Account } from '../src/domain/activity.ts';
import type { AlertKind, AlertResponse, AlertSettings } from '../src/domain/alerts/alert.ts';
import type { AlertMessageView } from '../src/domain/alerts/alert-view.ts';
import type { WeekStart } from '../src/domain/calendar.ts';
import type { Instant } from '../src/domain/facts.ts';
import type { Named } from '../src/domain/same-names.ts';
import type { ChartConfig } from '../src/render/charts/chart-config.ts';
import type { DigestChoice } from '../src/reports/digest/digest-setup.ts';
import type { WrittenDigest } from '../src/reports/digest/told-figures.ts';
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

/** What is to be set for a guild and its company; what isn't named stays. */
export type SetupChange = {
  guild: { staffChannelId: string | undefined; digestChannelId: string | undefined; staffRoleId: string | undefined };
  company: {
    timeZone: string | undefined;
    reportingCurrency: string | undefined;
    weekStart: WeekStart | undefined;
  };
};

/** What anybody may want done with what is stored about them. */
type PrivacyChanges = {
  /** Neither scored nor listed from now on. */
  optOut(companyId: string, account: Account, now: Instant): Promise<void>;
  /** Without a name, and without ids but those of what was sold; as far as nothing new arrives. */
  forget(companyId: string, account: Account, now: Instant): Promise<void>;
};

/** What staff decides about alerts. */
type AlertChanges = {
  /** What isn't named stays. */
  change(companyId: string, change: Partial<AlertSettings>): Promise<void>;
  mute(companyId: string, mute: { kind: AlertKind; until: Instant }): Promise<void>;
  /** Answers how the message is from then on; null where there is no such alert. `by` is Discord's id. */
  respond(
    companyId: string,
    answer: { alertId: string; response: AlertResponse; by: string; at: Instant },
  ): Promise<AlertMessageView | null>;
};

/** What commands answer from. */
export type CommandContext = {
  sources: Sources;
  links: LinkChanges;
  /** What these are called in a server, as Discord says just now; without those who aren't in it. Nothing of it is kept. */
  memberNames(guildId: string, userIds: readonly string[]): Promise<Named[]>;
  privacyChanges: PrivacyChanges;
  setUp(change: SetupChange & { companyId: string; guildId: string; setUpBy: string; now: Instant }): Promise<void>;
  /** Which permissions the bot lacks in a channel, by Discord's names; null where it can't see it. */
  lackingPermissions(channelId: string): string[] | null;
  /**
   * An address where an admin of the company links this guild, good once and for ten minutes; null where this bot isn't set up
   * for it.
   */
  linkAddress(wish: { companyId: string; guildId: string; userId: string }): Promise<string | null>;
  /** Forgets a linked guild and what was set in it; false where it wasn't linked. */
  unlinkGuild(guildId: string): Promise<boolean>;
  alerts: AlertChanges;
  /** Sees to it that a digest is posted, and keeps what it tells. */
  sendDigest(digest: WrittenDigest): Promise<void>;
  scheduleDigest(choice: DigestChoice): Promise<void>;
  /** PNG bytes, or null where charts are off or this one failed. */
  drawChart: (chart: ChartConfig) => Promise<Uint8Array | null>;
  version: string;
};
