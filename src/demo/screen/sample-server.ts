import { PermissionFlagsBits } from 'discord.js';
import type { Asker } from '../../discord/command.ts';
import { company } from '../catalogue.ts';
import type { ScreenChannel } from './wire.ts';

/** The Discord server that the page shows: its ids are made up, and of the form of Discord's own. */
export const guildId = '1100000000000000001';

export const asker: Asker = {
  userId: '1100000000000000002',
  permissions: PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ViewChannel,
};

export const channels = {
  general: { id: '1100000000000000011', name: 'general', topic: `Where everybody of ${company.title} meets` },
  staff: { id: '1100000000000000012', name: 'staff', topic: 'Where alerts arrive, for those who look after members' },
  digest: { id: '1100000000000000013', name: 'digest', topic: 'What changed, week by week' },
} as const satisfies Record<string, ScreenChannel>;

/** What somebody has said with /setup. */
export const sampleSetUp = {
  companyId: company.id,
  guildId,
  setUpBy: asker.userId,
  guild: { staffChannelId: channels.staff.id, digestChannelId: channels.digest.id, staffRoleId: undefined },
  company: { timeZone: undefined, reportingCurrency: undefined, weekStart: undefined },
};
