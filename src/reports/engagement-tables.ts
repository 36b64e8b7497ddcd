import type { ActiveChannel } from '../store/active-channels.ts';
import type { HourMessages } from '../store/message-hours.ts';
import type { Table } from './report.ts';

export function channelTable(channels: readonly ActiveChannel[]): Table {
  return {
    key: 'channels',
    title: 'Channels',
    columns: [
      { key: 'channel_id', label: 'Channel id', unit: 'text' },
      { key: 'channel', label: 'Channel', unit: 'text' },
      { key: 'platform', label: 'Where', unit: 'text' },
      { key: 'messages', label: 'Messages', unit: 'count' },
      { key: 'people', label: 'People', unit: 'count' },
    ],
    rows: channels.map(({ channelId, name, platform, messages, people }) => ({
      channel_id: channelId,
      channel: name ?? channelId,
      platform,
      messages,
      people,
    })),
  };
}

export function hourTable(hours: readonly HourMessages[]): Table {
  return {
    key: 'hours',
    title: 'Messages by weekday (1 = Monday) and hour',
    columns: [
      { key: 'weekday', label: 'Weekday', unit: 'count' },
      { key: 'hour', label: 'Hour', unit: 'count' },
      { key: 'messages', label: 'Messages', unit: 'count' },
    ],
    rows: hours.map((row) => ({ ...row })),
  };
}
