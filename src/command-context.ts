import type { CommandContext } from '../commands/context.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config.ts';
import type { Gateway } from './discord/gateway.ts';
import { linkPath } from './http/link-guild.ts';
import type { GuildLinking } from './ingest/guild-linking.ts';
import { createAccountLinks } from './ingest/links/account-links.ts';
import { createPrivacyChanges } from './ingest/privacy/privacy-changes.ts';
import { setUpGuild } from './ingest/set-up-guild.ts';
import type { Log } from './log.ts';
import { alertMessage } from './render/alert-message.ts';
import { createChartRenderer } from './render/charts/chart-renderer.ts';
import { digestFieldsWithNames } from './render/digest-message.ts';
import type { Sources } from './reports/question.ts';
import { createAlertChanges } from './store/alerts/create-alert-changes.ts';
import { writeDigestSchedule } from './store/digest-schedule.ts';
import { unlinkGuild } from './store/guild-link.ts';
import { inOneTransaction } from './store/transaction.ts';
import { writeDigest } from './store/write-digest.ts';

export type ContextParts = {
  sources: Sources;
  log: Log;
  /** Null before it is connected; absent where nobody asks in Discord. */
  gateway?: () => Gateway | null;
  /** Null, or absent, where guilds can't be linked. */
  linking?: GuildLinking | null;
};

/** What the commands answer from, wherever they are asked. */
export function commandContext(config: Config, { sources, log, gateway, linking }: ContextParts): CommandContext {
  const { pool } = sources.database;
  return {
    sources,
    links: createAccountLinks(pool),
    memberNames: async (guildId, userIds) => (await gateway?.()?.memberNames(guildId, userIds)) ?? [],
    alerts: createAlertChanges(pool, alertMessage),
    privacyChanges: createPrivacyChanges(pool, { showAlerts: alertMessage, digestFieldsWithNames }),
    setUp: (change) => setUpGuild({ pool, settings: config.company }, change),
    linkAddress: async (wish) => {
      const guildName = gateway?.()?.guildName(wish.guildId) ?? wish.guildId;
      const state = await linking?.begin({ ...wish, guildName });
      return state === undefined ? null : `${config.http.publicUrl}${linkPath}?state=${state}`;
    },
    unlinkGuild: (guildId) => unlinkGuild(pool, guildId),
    lackingPermissions: (channelId) =>
      gateway === undefined ? [] : (gateway()?.lackingPermissions(channelId) ?? null),
    sendDigest: (digest) => inOneTransaction(pool, (client) => writeDigest(client, digest)),
    scheduleDigest: (choice) => writeDigestSchedule(pool, choice),
    drawChart: createChartRenderer({ ...config.charts, log }),
    version: packageJson.version,
  };
}
