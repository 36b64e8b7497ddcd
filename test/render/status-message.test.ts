import { describe, expect, it } from 'vitest';
import { statusMessage } from '../../src/render/status-message.ts';
import type { HistoryStatus } from '../../src/reports/status.ts';
import type { DiscordReading } from '../../src/store/discord-reading.ts';
import type { WhopReading } from '../../src/store/whop-reading.ts';

const at = new Date(Date.UTC(2026, 2, 14, 12));
const time = '<t:1773489600:R> (<t:1773489600:f>)';

function shown(history: HistoryStatus) {
  const inbox = { lastReceivedAt: at, deliveries: 1, unread: 0 };
  const status = {
    databaseReached: true,
    inbox,
    history,
    reading: null,
    whopReading: null,
    differences: [],
    troubles: [],
  } as const;
  const { title, fields = [] } = statusMessage(status, '1.0.0');
  return { title, text: fields.find(({ name }) => name === 'History from Whop')?.value };
}

describe('the history from Whop in /status', () => {
  it.each<[HistoryStatus, string]>([
    [{ state: 'reading', list: 'payments', rows: 12_300 }, 'being read: payments, 12,300 rows so far'],
    [{ state: 'reading', list: 'promo_codes', rows: 1 }, 'being read: promo codes, 1 row so far'],
    [{ state: 'reading', list: null, rows: 144 }, 'being read: 144 rows so far'],
    [
      { state: 'interrupted', list: 'payments', rows: 300 },
      'interrupted: payments, 300 rows so far; it goes on where it was',
    ],
    [{ state: 'complete', rows: 3561, unread: 0, at }, `complete since ${time}: 3,561 rows`],
    [{ state: 'complete', rows: 3561, unread: 2, at }, `complete since ${time}: 3,561 rows, 2 of them not understood`],
  ])('%j is well', (history, text) => {
    expect(shown(history)).toEqual({ title: 'Tidewatch is well', text });
  });

  it('that was never begun says what to set', () => {
    expect(shown({ state: 'not begun' })).toMatchObject({
      title: 'Tidewatch is well',
      text: expect.stringContaining('`WHOP_API_KEY`'),
    });
  });

  it('that stopped needs attention and says why, in words that can’t format or grow too long', () => {
    const { title, text = '' } = shown({ state: 'stopped', reason: `**403** <@1> ${'x'.repeat(2000)}`, at });
    expect(title).toBe('Tidewatch needs attention');
    expect(text).toContain(`stopped ${time}`);
    expect(text).toContain('\\*\\*403\\*\\* \\<@1>');
    expect(text.length).toBeLessThan(1024);
  });
});

describe('the messages in Discord in /status', () => {
  const inbox = { lastReceivedAt: at, deliveries: 1, unread: 0 };
  const status = {
    databaseReached: true,
    inbox,
    history: { state: 'not begun' },
    whopReading: null,
    differences: [],
    troubles: [],
  } as const;
  const textOf = (reading: DiscordReading | null) =>
    statusMessage({ ...status, reading }, '1.0.0').fields?.find(({ name }) => name === 'Messages in Discord')?.value;

  it('say how far they are read, and where the bot is', () => {
    const reading = ['general', '*offers*', 'help', 'more'];
    expect(textOf({ channels: 50, reached: 12, refused: 0, messages: 34_500, reading })).toBe(
      'being read: 12 of 50 channels, just now general, \\*offers\\*, help, 34,500 messages so far',
    );
  });

  it('say when they are read, and what the bot may not read', () => {
    const text = textOf({ channels: 50, reached: 50, refused: 2, messages: 34_500, reading: [] });
    expect(text).toContain('read up to the present, 34,500 messages so far; 2 can’t be read');
  });

  it('are left out where there are no channels', () => {
    expect(textOf(null)).toBeUndefined();
  });
});

describe('the chats and forums on Whop in /status', () => {
  const inbox = { lastReceivedAt: at, deliveries: 1, unread: 0 };
  const history = { state: 'not begun' } as const;
  const status = { databaseReached: true, inbox, history, reading: null, differences: [], troubles: [] } as const;
  const textOf = (whopReading: WhopReading | null) =>
    statusMessage({ ...status, whopReading }, '1.0.0').fields?.find(({ name }) => name === 'Chats and forums on Whop')
      ?.value;

  it.each<[Omit<WhopReading, 'refusals'>, string]>([
    [{ readTo: null, reached: 0, begun: 0 }, 'not read yet'],
    [{ readTo: null, reached: 2, begun: 1 }, 'being read: 2 of 3 so far'],
    [{ readTo: at, reached: 3, begun: 0 }, `read to ${time}: 3`],
    [{ readTo: at, reached: 3, begun: 1 }, `read to ${time}: 4, 1 of them for the first time just now`],
  ])('%j say how far they are read', (reading, text) => {
    expect(textOf({ ...reading, refusals: [] })).toBe(text);
  });

  it('say what the key may not read, and fit into a field', () => {
    const refusals = ['messages', 'forums'].map((list) => `WHOP_API_KEY may not read ${list} of biz_1: give it …`);
    const [, ...lines] = (textOf({ readTo: at, reached: 1, begun: 0, refusals }) ?? '').split('\n');
    expect(lines).toEqual(refusals.map((refusal) => refusal.replaceAll('_', '\\_')));
    const long = textOf({ readTo: at, reached: 1, begun: 0, refusals: ['_'.repeat(2000), '*'.repeat(2000)] });
    expect(long?.length).toBeLessThanOrEqual(1024);
  });

  it('are left out where nothing was ever asked', () => {
    expect(textOf(null)).toBeUndefined();
  });
});

describe('channels that can’t be posted to', () => {
  const inbox = { lastReceivedAt: at, deliveries: 1, unread: 0 };
  const status = {
    databaseReached: true,
    inbox,
    history: { state: 'not begun' },
    reading: null,
    whopReading: null,
    differences: [],
  } as const;

  it('need attention, and are named with what to do', () => {
    const troubles = [{ channelId: '10', problem: 'missing', since: at, waiting: 1 } as const];
    const { title, fields } = statusMessage({ ...status, troubles }, '1.0.0');
    expect(title).toBe('Tidewatch needs attention');
    expect(fields).toContainEqual({
      name: 'Channels not reached',
      value: `<#10> doesn’t exist any more: choose another one with \`/setup\`, since ${time}; 1 message waits`,
    });
  });

  it('fit into a field, however many they are', () => {
    const trouble = { channelId: '1'.repeat(20), problem: 'forbidden', since: at, waiting: 12_345 } as const;
    const { fields = [] } = statusMessage({ ...status, troubles: Array.from({ length: 9 }, () => trouble) }, '1.0.0');
    for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1024);
  });
});
