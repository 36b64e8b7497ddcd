import type { Platform } from '../../domain/activity.ts';
import { type Chance, createChance } from '../chance.ts';
import type { Happening, Person, SampleMembership } from '../sample.ts';
import { dayMs, type Seasons } from '../seasons.ts';

/** That somebody wrote something, and where; never what. */
export type SampleMessage = {
  at: number;
  id: string;
  person: Person;
  platform: Platform;
  /** The platform's own of the person. */
  accountId: string;
  channel: SampleChannel;
};

type SampleChannel = { id: string; name: string };

/** Somebody's time in the community, from the first membership to the end of the last. */
type Stay = { person: Person; start: number; end: number; leaves: boolean };

const hourMs = dayMs / 24;
const weekMs = 7 * dayMs;

/** Who means to leave is heard of less and less in these last weeks. */
const fadingWeeks = 8;

/** Messages a week; many only read. */
const temperaments = [
  [0.15, 34],
  [1.2, 36],
  [3, 22],
  [9, 8],
] as const;

const channels: Readonly<Record<Platform, readonly [SampleChannel, ...SampleChannel[]]>> = {
  discord: [
    { id: '1100000000000000011', name: 'general' },
    { id: '1100000000000000021', name: 'critique' },
    { id: '1100000000000000022', name: 'gear' },
  ],
  whop: [
    { id: 'chat_feed_demoLounge', name: 'Lounge' },
    { id: 'chat_feed_demoChallenge', name: 'Weekly challenge' },
  ],
};

/** What people wrote in the sample community and will write, in order: those who leave fade before they do. */
export function sampleMessages(story: readonly Happening[], seasons: Seasons, seed: string): SampleMessage[] {
  const messages = staysIn(story, seasons).flatMap((stay) => {
    return messagesOf(stay, createChance(`${seed} messages ${stay.person.userId}`));
  });
  return messages.sort((a, b) => a.at - b.at);
}

function staysIn(story: readonly Happening[], { until }: Seasons): Stay[] {
  const memberships = new Map<string, SampleMembership>();
  for (const one of story) if ('membership' in one) memberships.set(one.membership.id, one.membership);
  const stays = new Map<string, Stay>();
  for (const { person, createdAt, status, updatedAt } of memberships.values()) {
    const leaves = status === 'canceled';
    const end = leaves ? updatedAt : until;
    const known = stays.get(person.userId) ?? { person, start: createdAt, end, leaves };
    const later = end > known.end ? { end, leaves } : {};
    stays.set(person.userId, { ...known, start: Math.min(known.start, createdAt), ...later });
  }
  return [...stays.values()];
}

function messagesOf({ person, start, end, leaves }: Stay, chance: Chance): SampleMessage[] {
  const perWeek = chance.weighted(temperaments);
  const platform = chance.happens(0.6) ? 'discord' : 'whop';
  const accountId = platform === 'discord' ? snowflake(start, chance) : person.userId;
  const fades = leaves && chance.happens(0.8);
  const weeks = Array.from({ length: Math.ceil((end - start) / weekMs) }, (_, week) => start + week * weekMs);
  return weeks.flatMap((from, week) => {
    const left = (end - from) / weekMs;
    const mood = (week === 0 ? 2 : 1) * (fades ? Math.min(1, left / fadingWeeks) ** 2 : 1);
    return Array.from({ length: countAround(perWeek * mood, chance) }, () => {
      const at = momentWithin(from, Math.min(end, from + weekMs), chance);
      return { at, id: snowflake(at, chance), person, platform, accountId, channel: chance.pick(channels[platform]) };
    });
  });
}

/** When people are awake in America and in Europe, by the hour in UTC. */
const hours = [
  [[12, 17], 22],
  [[17, 22], 52],
  [[22, 26], 20],
  [[2, 12], 6],
] as const;

/** At an hour at which people write, if there is one within that time. */
function momentWithin(from: number, to: number, chance: Chance): number {
  const moment = chance.between(from, to);
  const [first, last] = chance.weighted<readonly [number, number]>(hours);
  const at = Math.floor(moment / dayMs) * dayMs + chance.between(first, last) * hourMs;
  return Math.round(from <= at && at < to ? at : moment);
}

/** A whole number of about that size. */
function countAround(mean: number, chance: Chance): number {
  const most = Math.round(mean * 2);
  return most === 0 ? Number(chance.happens(mean)) : chance.whole(0, most);
}

/** An id as Discord makes them, which tells when. */
function snowflake(at: number, chance: Chance): string {
  return String((BigInt(at - Date.UTC(2015, 0, 1)) << 22n) | BigInt(chance.whole(0, 2 ** 22 - 1)));
}
