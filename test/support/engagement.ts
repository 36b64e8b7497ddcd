import * as fc from 'fast-check';
import type { Activity } from '../../src/domain/activity.ts';
import { addDays, dayAround, dayOf, daysOf, type Span, type Stretch, startOfDay } from '../../src/domain/calendar.ts';
import type { CustomerBook } from '../../src/domain/customer-book.ts';
import type { Stock } from '../../src/domain/measures.ts';
import { type Scope, wholeCompany } from '../../src/domain/scope.ts';
import { at } from './facts.ts';

type Link = { discordUserId: string; whopUserId: string };

/** All that engagement is about; everything below is counted by its definition, activity by activity. */
export type Story = {
  timeZone: string;
  activities: readonly Activity[];
  links: readonly Link[];
  customers: ReadonlyMap<string, CustomerBook>;
};

const dayMs = 24 * 60 * 60 * 1000;
const start = at('2026-02-01');
const end = at('2026-06-15');

/** What a few people did in a few places in half a year, often on the hour, so that edges are met. */
export const doings: fc.Arbitrary<Omit<Activity, 'companyId'>[]> = fc
  .array(
    fc.record({
      platform: fc.constantFrom('discord' as const, 'whop' as const),
      kind: fc.constantFrom(
        'message' as const,
        'message' as const,
        'message' as const,
        'reaction' as const,
        'forum_post' as const,
        'voice' as const,
        'stage' as const,
        'lesson' as const,
      ),
      at: fc
        .tuple(fc.integer({ min: 0, max: (end - start) / 3_600_000 }), fc.constantFrom(0, 0, 1, 1_800_000, 3_599_999))
        .map(([hours, ms]) => start + hours * 3_600_000 + ms),
      account: fc.integer({ min: 1, max: 5 }),
      channelId: fc.constantFrom('10', '11', '12'),
      seconds: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 120 },
  )
  .map((some) =>
    some.map(({ account, ...doing }, i) => ({
      ...doing,
      id: `a${i}`,
      accountId: doing.platform === 'whop' ? `user_${account}` : String(account),
      seconds: doing.kind === 'voice' || doing.kind === 'stage' ? doing.seconds : 0,
    })),
  );

/** Some of the people, each with one account on both platforms. */
export const someLinks: fc.Arbitrary<Link[]> = fc
  .tuple(fc.shuffledSubarray([1, 2, 3, 4, 5]), fc.shuffledSubarray([1, 2, 3, 4, 5]))
  .map(([discord, whop]) =>
    discord
      .slice(0, whop.length)
      .map((account, i) => ({ discordUserId: String(account), whopUserId: `user_${whop[i] ?? 0}` })),
  );

function personOf({ links }: Story, { platform, accountId }: Activity): string {
  if (platform === 'whop') return accountId;
  return links.find(({ discordUserId }) => discordUserId === accountId)?.whopUserId ?? `discord ${accountId}`;
}

function within({ activities }: Story, span: Span): Activity[] {
  return activities.filter((one) => span.start <= one.at && one.at < span.end);
}

function peopleIn(story: Story, span: Span): Set<string> {
  return new Set(within(story, span).map((one) => personOf(story, one)));
}

function lastDays(count: number, { asOf, end: until }: Stretch, { timeZone }: Story): Span {
  return { start: startOfDay(addDays(dayOf(asOf, timeZone), 1 - count), timeZone), end: until };
}

function standing({ stocks }: CustomerBook, scope: Scope, stock: Stock, when: number): number {
  const own = stocks.filter((entry) => entry.scope === scope && entry.currency === '' && entry.at <= when);
  return own.reduce((sum, { amounts }) => sum + (amounts[stock] ?? 0), 0);
}

function whoStand({ customers }: Story, stock: Stock, when: number, scope = wholeCompany): string[] {
  return [...customers].filter(([, book]) => standing(book, scope, stock, when) > 0).map(([id]) => id);
}

/** Members at the end of the stretch who did something in the last 30 days of it, and those who didn't. */
export function membersOf(story: Story, stretch: Stretch, scope: Scope): { active: number; inactive: number } {
  const members = whoStand(story, 'members', stretch.asOf, scope);
  const people = peopleIn(story, lastDays(30, stretch, story));
  const active = members.filter((id) => people.has(id)).length;
  return { active, inactive: members.length - active };
}

function firstInstant({ activities, customers }: Story): number {
  const told = [...customers.values()].flatMap(({ stocks, flows }) => [
    ...stocks,
    ...flows.filter(({ amounts }) => Object.keys(amounts).length > 0),
  ]);
  return Math.min(...[...activities, ...told].map((one) => one.at));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function over(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** When a customer first was a member at the end of a local day: since when they were. */
function joinedAt(book: CustomerBook, timeZone: string): number | null {
  const changes = book.stocks.filter(({ scope, amounts }) => scope === wholeCompany && (amounts.members ?? 0) !== 0);
  const joining = changes.find((change) => {
    const lastOfDay = dayAround(change.at, timeZone).end - 1;
    const next = changes.find((other) => other.at > change.at);
    return (change.amounts.members ?? 0) > 0 && (next === undefined || next.at > lastOfDay);
  });
  return joining?.at ?? null;
}

function activation(story: Story, stretch: Stretch): number | null {
  const joined = [...story.customers].flatMap(([id, book]) => {
    const when = joinedAt(book, story.timeZone);
    return when === null ? [] : [{ id, when }];
  });
  const newcomers = joined.filter(
    ({ when }) => stretch.start <= when && when < stretch.end && when <= stretch.asOf - 7 * dayMs,
  );
  const activated = newcomers.filter(({ id, when }) => peopleIn(story, { start: when, end: when + 7 * dayMs }).has(id));
  return over(activated.length, newcomers.length);
}

export function figuresOf(story: Story, stretch: Stretch): Record<string, number | null> {
  const { timeZone } = story;
  const all = within(story, stretch);
  const countOf = (kind: string) => all.filter((one) => one.kind === kind).length;
  const active = peopleIn(story, stretch).size;
  const complete = daysOf(stretch, timeZone).filter(
    (day) => day.end === dayAround(day.start, timeZone).end && day.end > firstInstant(story),
  );
  const dau = mean(complete.map((day) => peopleIn(story, day).size));
  const mau = peopleIn(story, lastDays(30, stretch, story)).size;
  const paying = whoStand(story, 'paying_customers', stretch.asOf);
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0);
  return {
    messages: countOf('message'),
    active_members: active,
    messages_per_active: over(countOf('message'), active),
    dau,
    wau: peopleIn(story, lastDays(7, stretch, story)).size,
    mau,
    stickiness: dau === null ? null : over(dau, mau),
    paying_active_share: over(paying.filter((id) => peopleIn(story, stretch).has(id)).length, paying.length),
    newcomer_activation: activation(story, stretch),
    reactions: countOf('reaction'),
    forum_posts: countOf('forum_post'),
    voice_minutes: Math.round(seconds / 60),
    livestream_attendance: countOf('stage'),
    reward_submissions: null,
  };
}

/** Each day's messages and people. */
export function daysIn(story: Story, stretch: Stretch): { day: string; messages: number; people: number }[] {
  return daysOf(stretch, story.timeZone).map((day) => ({
    day: day.day,
    messages: within(story, day).filter(({ kind }) => kind === 'message').length,
    people: peopleIn(story, day).size,
  }));
}

/** Messages and people of each place, as text. */
export function channelsIn(story: Story, stretch: Stretch): string[] {
  const messages = within(story, stretch).filter(({ kind }) => kind === 'message');
  const places = new Set(messages.map(({ platform, channelId }) => `${platform} ${channelId}`));
  return [...places]
    .map((place) => {
      const own = messages.filter(({ platform, channelId }) => place === `${platform} ${channelId}`);
      return `${place} ${own.length} ${new Set(own.map(({ accountId }) => accountId)).size}`;
    })
    .sort();
}

const weekdays = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Messages by weekday and hour, as text. */
export function hoursIn(story: Story, stretch: Stretch): string[] {
  const clock = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: story.timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' },
  });
  const counts = new Map<string, number>();
  for (const { kind, at: when } of within(story, stretch)) {
    if (kind !== 'message') continue;
    const parts = Object.fromEntries(clock.formatToParts(when).map(({ type, value }) => [type, value]));
    const place = `${weekdays.indexOf(parts.weekday ?? '')} ${Number(parts.hour)}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => `${place} ${count}`).sort();
}
