import { dayCounts } from '../domain/engagement/activity-view.ts';
import { engagementFigures } from '../domain/engagement/engagement-figures.ts';
import { readActiveChannels } from '../store/active-channels.ts';
import { hasAccounts } from '../store/known-people.ts';
import { readMessageHours } from '../store/message-hours.ts';
import { countActiveStanding, countedDays, loadActivity } from './activity-views.ts';
import { engagementNotes } from './engagement-notes.ts';
import { channelTable, hourTable } from './engagement-tables.ts';
import { engagementNames } from './figure-names.ts';
import { answer, nameFigures } from './frame.ts';
import { countNewcomers } from './newcomer-parts.ts';
import type { ReportMaker } from './question.ts';
import { loadStanding } from './views.ts';

/** Whether people show up: who was active, where and when. */
export const engagementReport: ReportMaker = (question, sources) =>
  answer('engagement', question, sources, async (frame) => {
    const { client, head } = frame;
    const activity = await loadActivity(frame);
    const counted = countedDays(frame, activity);
    const [paying, active, newcomers, channels, hours, hasDiscord] = await Promise.all([
      loadStanding(frame, 'paying_customers'),
      countActiveStanding(frame, activity, { stock: 'paying_customers', window: 'period' }),
      countNewcomers(frame, activity),
      readActiveChannels(client, counted),
      readMessageHours(client, { ...counted, timeZone: head.timeZone }),
      hasAccounts(client, question.companyId, 'discord'),
    ]);
    const customers = (when: 'now' | 'before') => ({
      paying: { some: active[when].standing, all: paying[when] },
      newcomers: newcomers[when],
    });
    const now = engagementFigures(activity.now, customers('now'));
    const days = dayCounts(activity.now);
    return {
      figures: nameFigures(engagementNames, now, engagementFigures(activity.before, customers('before'))),
      tables: [channelTable(channels), hourTable(hours)],
      series: [
        {
          ...{ key: 'messages', label: 'Messages', unit: 'count' },
          points: days.map(({ day, messages }) => ({ day, value: messages })),
        },
        {
          ...{ key: 'active_members', label: 'Active people', unit: 'count' },
          points: days.map(({ day, people }) => ({ day, value: people })),
        },
      ],
      notes: engagementNotes(activity, { active: now.active_members.value ?? 0, ...active.now, hasDiscord }),
      isEmpty: frame.isEmpty && activity.now.firstDay === null,
    };
  });
