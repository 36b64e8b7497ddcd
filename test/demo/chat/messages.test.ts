import { describe, expect, it } from 'vitest';
import { sampleMessages } from '../../../src/demo/chat/messages.ts';
import { sampleStory } from '../../../src/demo/community.ts';
import { dayMs, seasonsUntil } from '../../../src/demo/seasons.ts';
import { endings, memberships } from '../truth.ts';

const now = Date.UTC(2026, 5, 15, 18, 30);
const seasons = seasonsUntil(now);
const story = sampleStory({ seed: 'test', now });
const messages = sampleMessages(story, seasons, 'test');

describe('what people write in the sample community', () => {
  it('is the same for the same seed, in order, and nobody writes who isn’t there', () => {
    expect(sampleMessages(story, seasons, 'test')).toEqual(messages);
    const times = messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const joined = new Map<string, number>();
    for (const { person, createdAt } of memberships(story).values()) {
      joined.set(person.userId, Math.min(createdAt, joined.get(person.userId) ?? createdAt));
    }
    for (const { at, person } of messages) expect(at).toBeGreaterThanOrEqual(joined.get(person.userId) ?? Infinity);
  });

  it('comes from Discord and from Whop, one account each, and no two have the same id', () => {
    const ids = messages.map(({ platform, id }) => `${platform} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(messages.map(({ platform }) => platform))).toEqual(new Set(['discord', 'whop']));
    const accounts = new Set(messages.map(({ person, accountId }) => `${person.userId} ${accountId}`));
    expect(accounts.size).toBe(new Set(messages.map(({ person }) => person.userId)).size);
  });

  it('gets less before somebody leaves', () => {
    const ended = endings(story);
    const all = [...memberships(story).values()];
    const left = all.flatMap(({ id, person, createdAt }) => {
      const own = all.filter((one) => one.person.userId === person.userId);
      const end = own.length === 1 ? ended.get(id) : undefined;
      return end !== undefined && end - createdAt > 84 * dayMs ? [{ person, end }] : [];
    });
    const written = (from: number, to: number) =>
      left.flatMap(({ person, end }) =>
        messages.filter(
          (one) => one.person.userId === person.userId && end - from * dayMs <= one.at && one.at < end - to * dayMs,
        ),
      ).length;
    expect(left.length).toBeGreaterThan(50);
    expect(written(28, 0)).toBeLessThan(0.6 * written(84, 56));
  });
});
