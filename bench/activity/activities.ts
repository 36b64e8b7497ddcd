import type { Activity } from '../../src/domain/activity.ts';

const start = Date.UTC(2026, 5, 1, 8);
const channels = 50;

/**
 * Messages of a community in the order in which they are sent: some people write much more than others, each in three of the
 * channels.
 */
export function createActivities(people: number) {
  let made = 0;
  let at = start;
  return {
    /** @param spanMs how long it takes to send them */
    next(count: number, spanMs: number): Activity[] {
      const from = at;
      at += spanMs;
      return Array.from({ length: count }, (_, i) => message(made++, from + Math.floor((i * spanMs) / count), people));
    },
  };
}

function message(number: number, at: number, people: number): Activity {
  const person = Math.floor(people * Math.random() ** 2);
  const channel = (person * 7 + Math.floor(Math.random() * 3)) % channels;
  return {
    companyId: 'biz_bench',
    platform: 'discord',
    kind: 'message',
    id: String(1_100_000_000_000_000_000n + BigInt(number) * 4_194_304n),
    at,
    accountId: String(200_000_000_000_000_000n + BigInt(person)),
    channelId: String(300_000_000_000_000_000n + BigInt(channel)),
    seconds: 0,
  };
}
