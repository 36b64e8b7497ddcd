import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import { count } from '../findings.ts';
import { type OtherProcess, startProcess } from '../other-process.ts';
import type { Part } from '../part.ts';
import { ratio } from '../statistics.ts';

const channels = 50;
/** How many messages may be on their way: fewer than the bot's buffer holds. */
const mostAhead = 4_000;
const atOnce = 500;
const pollMs = 10;

const addressShape = z.object({ apiUrl: z.string(), token: z.string() });

/** How fast messages get from Discord's socket into committed rows and sums, and whether the bot grows by them. */
export const gatewayPart: Part = async ({ database: { pool, connectionString }, sizes: { gateway: sizes }, say }) => {
  const discord = startProcess(new URL('discord-process.ts', import.meta.url));
  const bot = startProcess(new URL('bot-process.ts', import.meta.url));
  try {
    const address = addressShape.parse(await discord.ask({ ask: 'address', channels }));
    await bot.ask({ ask: 'listen', ...address, connectionString });
    await until(async () => (await readChannels(pool)) > channels);
    say(`gateway: ${count(sizes.first)} messages`);
    await talk({ discord, pool }, { ...sizes, from: 0, to: sizes.first });
    const before = await heapOf(bot);
    say(`gateway: ${count(sizes.all)} messages`);
    const seconds = await talk({ discord, pool }, { ...sizes, from: sizes.first, to: sizes.all });
    const after = await heapOf(bot);
    return {
      part: 'gateway',
      figures: [
        {
          name: `heap after ${count(sizes.all)} messages / after ${count(sizes.first)}`,
          measured: ratio(after, before),
          unit: 'ratio',
          target: { atMost: 1.1 },
          means:
            'Memory in use in the process of the bot, after garbage is collected, once everybody has written: it must not ' +
            'grow with messages.',
        },
      ],
      observed: [
        `${count((sizes.all - sizes.first) / seconds)} messages a second from the gateway’s socket to committed rows and sums`,
        `heap: ${mebibytes(before)} after ${count(sizes.first)} messages, ${mebibytes(after)} after ${count(sizes.all)}`,
        `${count(sizes.people)} people in ${channels} channels; Discord, Postgres and the bot on the same machine`,
      ],
    };
  } finally {
    await bot.stop();
    await discord.stop();
  }
};

type Talk = { people: number; from: number; to: number };

/** Has people write and waits until all is committed; resolves with the seconds that it took. */
async function talk(
  { discord, pool }: { discord: OtherProcess; pool: Pool },
  { people, from, to }: Talk,
): Promise<number> {
  const startedAt = performance.now();
  let said = from;
  await until(async () => {
    const committed = await messagesCounted(pool);
    while (said < to && said - committed < mostAhead) {
      const messages = Math.min(atOnce, to - said);
      await discord.ask({ ask: 'say', messages, people });
      said += messages;
    }
    return committed >= to;
  });
  return (performance.now() - startedAt) / 1_000;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await sleep(pollMs);
}

async function messagesCounted(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    "select coalesce(sum(count), 0)::int as count from activity_day where platform = ''",
  );
  return rows[0]?.count ?? 0;
}

async function readChannels(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from discord_channel where state = 'reached'`,
  );
  return rows[0]?.count ?? 0;
}

async function heapOf(bot: OtherProcess): Promise<number> {
  return z.number().parse(await bot.ask({ ask: 'heap' }));
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
