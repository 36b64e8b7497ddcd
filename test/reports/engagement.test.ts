import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../src/domain/activity.ts';
import { periodAt, periodNames } from '../../src/domain/calendar.ts';
import type { CompanySettings } from '../../src/domain/company.ts';
import { scopeOf, wholeCompany } from '../../src/domain/scope.ts';
import { commitActivities } from '../../src/ingest/activities/commit-activities.ts';
import { dropPartitions } from '../../src/ingest/activities/partitions.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { reports } from '../../src/reports/index.ts';
import type { Report } from '../../src/reports/report.ts';
import { activity, emptyActivities } from '../support/activities.ts';
import { booksOf } from '../support/books.ts';
import { customersOf } from '../support/customers-of.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  channelsIn,
  daysIn,
  doings,
  figuresOf,
  hoursIn,
  membersOf,
  type Story,
  someLinks,
} from '../support/engagement.ts';
import { at, companyDefaults } from '../support/facts.ts';
import { deliveriesOf, type Telling, tellings, told } from '../support/random-community.ts';
import { readCompanyFacts } from '../support/stored-facts.ts';

const clock = at('2026-06-20');

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

let companies = 0;
function newCompany(): string {
  companies += 1;
  return `biz_${companies}`;
}

type Doing = Omit<Activity, 'companyId'>;

async function record(companyId: string, some: readonly Doing[], settings: CompanySettings): Promise<void> {
  for (const platform of ['discord', 'whop'] as const) {
    const activities = some.filter((one) => one.platform === platform).map((one) => ({ ...one, companyId }));
    await commitActivities({ pool: testDatabase.database.pool, settings }, { companyId, platform, activities }, clock);
  }
}

async function tell(companyId: string, some: readonly Telling[], settings: CompanySettings): Promise<void> {
  const ingest = createIngest({ pool: testDatabase.database.pool, log: pino({ level: 'silent' }), settings });
  await Promise.all(deliveriesOf(companyId, some).map((delivery) => ingest.record(delivery)));
}

type Link = { discordUserId: string; whopUserId: string };

async function link(companyId: string, links: readonly Link[]): Promise<void> {
  for (const { discordUserId, whopUserId } of links) {
    await testDatabase.database.pool.query(
      `insert into account_link (company_id, discord_user_id, whop_user_id, source, linked_at)
       values ($1, $2, $3, 'staff', $4)`,
      [companyId, discordUserId, whopUserId, new Date(clock)],
    );
  }
}

async function unlinkAll(companyId: string): Promise<void> {
  await testDatabase.database.pool.query('delete from account_link where company_id = $1', [companyId]);
}

function ask(name: keyof typeof reports, question: object, settings: CompanySettings): Promise<Report> {
  const asked = { companyId: '', period: '30d', now: clock, ...question } as const;
  return reports[name](asked, { database: testDatabase.database, settings });
}

async function storyOf(
  companyId: string,
  some: readonly Doing[],
  settings: CompanySettings,
): Promise<Omit<Story, 'links'>> {
  const facts = await readCompanyFacts(testDatabase.database.pool, companyId);
  const books = booksOf(facts, settings, clock).customers;
  const ids = [...customersOf(facts).keys()];
  return {
    timeZone: settings.timeZone,
    activities: some.map((one) => ({ ...one, companyId })),
    customers: new Map(ids.flatMap((id, i) => (books[i] === undefined ? [] : [[id, books[i]]]))),
  };
}

function valuesIn({ figures }: Report, keys?: readonly string[]) {
  const asked = figures.filter(({ key }) => keys?.includes(key) ?? true);
  return Object.fromEntries(asked.map(({ key, value, previous }) => [key, [value, previous]]));
}

function beside(now: Record<string, number | null>, before: Record<string, number | null>) {
  return Object.fromEntries(Object.entries(now).map(([key, value]) => [key, [value, before[key]]]));
}

function rowsIn(report: Report, key: string, columns: readonly string[]): string[] {
  const rows = report.tables.find((table) => table.key === key)?.rows ?? [];
  return rows.map((row) => columns.map((column) => row[column]).join(' ')).sort();
}

const zones = fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin');
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 24 * 100 }), fc.constantFrom(0, 1, 1_234_567))
  .map(([hours, ms]) => at('2026-03-05') + hours * 3_600_000 + ms);
const plans = fc.constantFrom(undefined, 'plan_month', 'plan_trial');

describe('engagement', () => {
  it('is what the activities say one by one, wherever the clock of the question stands', async () => {
    const drawn = fc.tuple(tellings, doings, someLinks, zones, clocks, fc.constantFrom(...periodNames), plans);
    await fc.assert(
      fc.asyncProperty(drawn, async ([facts, done, links, timeZone, now, period, planId]) => {
        const companyId = newCompany();
        const settings = { ...companyDefaults, timeZone };
        await tell(companyId, facts, settings);
        await record(companyId, done, settings);
        await link(companyId, links);
        const story = { ...(await storyOf(companyId, done, settings)), links };
        const stretch = periodAt(period, now, settings);
        const [ofNow, ofBefore] = [figuresOf(story, stretch), figuresOf(story, stretch.previous)];

        const engagement = await ask('engagement', { companyId, period, now }, settings);
        expect(valuesIn(engagement)).toEqual(beside(ofNow, ofBefore));
        const days = daysIn(story, stretch);
        expect(engagement.series.map(({ points }) => points)).toEqual([
          days.map(({ day, messages }) => ({ day, value: messages })),
          days.map(({ day, people }) => ({ day, value: people })),
        ]);
        const places = rowsIn(engagement, 'channels', ['platform', 'channel_id', 'messages', 'people']);
        expect(places).toEqual(channelsIn(story, stretch));
        expect(rowsIn(engagement, 'hours', ['weekday', 'hour', 'messages'])).toEqual(hoursIn(story, stretch));

        const scope = planId === undefined ? wholeCompany : scopeOf('plan', planId);
        const [members, before] = [membersOf(story, stretch, scope), membersOf(story, stretch.previous, scope)];
        expect(
          valuesIn(await ask('members', { companyId, period, now, planId }, settings), [
            'active_members',
            'inactive_members',
          ]),
        ).toEqual({
          active_members: [members.active, before.active],
          inactive_members: [members.inactive, before.inactive],
        });
        const reach = ['messages', 'dau', 'mau'];
        expect(valuesIn(await ask('overview', { companyId, period, now }, settings), reach)).toEqual(
          valuesIn(engagement, reach),
        );
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);

  it('of one company changes nothing of another, and goes back to what it was with every link that goes', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, doings, doings, someLinks, async (facts, done, others, links) => {
        const [companyId, other] = [newCompany(), newCompany()];
        await tell(companyId, facts, companyDefaults);
        await record(companyId, done, companyDefaults);
        const alone = await ask('engagement', { companyId, period: '90d' }, companyDefaults);
        await tell(other, facts, companyDefaults);
        await record(other, others, companyDefaults);
        await link(other, links);
        expect(await ask('engagement', { companyId, period: '90d' }, companyDefaults)).toEqual(alone);
        await link(companyId, links);
        await unlinkAll(companyId);
        expect(await ask('engagement', { companyId, period: '90d' }, companyDefaults)).toEqual(alone);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 60_000);
});

describe('the report of engagement', () => {
  const now = at('2026-06-15T12:00:00Z');
  beforeEach(() => emptyActivities(testDatabase.database));

  function figure(report: Report, key: string) {
    return report.figures.find((one) => one.key === key);
  }

  it('counts somebody with two linked accounts once', async () => {
    const companyId = newCompany();
    const some = [activity({ id: '1' }), activity({ id: '2', platform: 'whop', accountId: 'user_1' })];
    await record(companyId, some, companyDefaults);
    const people = async () =>
      ['active_members', 'wau', 'mau'].map(async (key) =>
        figure(await ask('engagement', { companyId, now: now + 1 }, companyDefaults), key),
      );
    expect(await Promise.all(await people())).toMatchObject([{ value: 2 }, { value: 2 }, { value: 2 }]);
    await link(companyId, [{ discordUserId: '1', whopUserId: 'user_1' }]);
    expect(await Promise.all(await people())).toMatchObject([{ value: 1 }, { value: 1 }, { value: 1 }]);
  });

  it('expects a newcomer within 7 days of the instant of joining, once these are over', async () => {
    const joined = at('2026-06-03T09:00:00Z');
    const week = 7 * 24 * 60 * 60 * 1000;
    const shareOf = async (did: number | null, asked: number) => {
      const companyId = newCompany();
      const values = { userId: 'user_1', status: 'active', createdAt: joined, updatedAt: joined };
      await tell(companyId, [told('membership', 'mem_1', values, joined)], companyDefaults);
      const some = did === null ? [] : [activity({ id: '1', at: did })];
      await record(companyId, some, companyDefaults);
      await link(companyId, [{ discordUserId: '1', whopUserId: 'user_1' }]);
      return figure(await ask('engagement', { companyId, now: asked }, companyDefaults), 'newcomer_activation')?.value;
    };
    expect(await shareOf(joined - 1, now)).toBe(0);
    expect(await shareOf(joined, now)).toBe(1);
    expect(await shareOf(joined + week - 1, now)).toBe(1);
    expect(await shareOf(joined + week, now)).toBe(0);
    expect(await shareOf(null, joined + week)).toBe(0);
    expect(await shareOf(null, joined + week - 1)).toBeNull();
  });

  it('takes a day whole once its activities are dropped, and says so', async () => {
    const companyId = newCompany();
    const question = { companyId, period: '90d', now } as const;
    const times = ['2026-03-17T08:00:00Z', '2026-03-17T20:00:00Z', '2026-06-15T08:00:00Z'];
    await record(
      companyId,
      times.map((time, i) => activity({ id: `${i}`, at: at(time) })),
      companyDefaults,
    );
    const kept = await ask('engagement', question, companyDefaults);
    expect(figure(kept, 'messages')).toMatchObject({ value: 1, previous: 1 });
    expect(kept.notes.join()).not.toContain('whole day');
    await dropPartitions(testDatabase.database.pool, at('2026-06-15'), 60);
    const dropped = await ask('engagement', question, companyDefaults);
    expect(figure(dropped, 'messages')).toMatchObject({ value: 1, previous: 2 });
    expect(dropped.notes.join()).toContain(
      'whole day, since what was done when on it isn’t kept any longer: 2026-03-17.',
    );
  });

  it('says what it has not heard, and who is known on Whop', async () => {
    const companyId = newCompany();
    await record(companyId, [activity({ id: '1', platform: 'whop', accountId: 'user_1' })], companyDefaults);
    const whopOnly = await ask('engagement', { companyId, now: now + 1 }, companyDefaults);
    expect(whopOnly.notes).toEqual([
      'Nothing has been heard from Discord yet.',
      expect.stringContaining('Of 1 active person, 1 is known on Whop'),
      'Voice and stage sessions count once they have ended.',
    ]);
    await record(companyId, [activity({ id: '2' })], companyDefaults);
    const both = await ask('engagement', { companyId, now: now + 1 }, companyDefaults);
    expect(both.notes).toEqual([
      expect.stringContaining('Of 2 active people, 1 is known on Whop'),
      'Voice and stage sessions count once they have ended.',
    ]);
  });

  it('names channels as they are called, else by their ids', async () => {
    const companyId = newCompany();
    await record(companyId, [activity({ id: '1' }), activity({ id: '2', channelId: '11' })], companyDefaults);
    await testDatabase.database.pool.query(
      `insert into channel (company_id, platform, id, name) values ($1, 'discord', '11', 'general')`,
      [companyId],
    );
    const report = await ask('engagement', { companyId, now: now + 1 }, companyDefaults);
    expect(rowsIn(report, 'channels', ['channel_id', 'channel'])).toEqual(['10 10', '11 general']);
  });
});
