import { describe, expect, it } from 'vitest';
import { sampleCommunity, sampleStory } from '../../src/demo/community.ts';
import { deliveriesOf, inTransit } from '../../src/demo/deliveries.ts';
import { dayMs, seasonsUntil } from '../../src/demo/seasons.ts';
import { cleanText } from '../../src/whop/clean-text.ts';
import { endings, memberships, payments, peopleOf } from './truth.ts';

const now = Date.UTC(2026, 5, 15, 18, 30);
const community = sampleCommunity({ seed: 'test', now });
const deliveries = deliveriesOf(community, now);

describe('the sample community', () => {
  it('is the same for the same seed and now, and another for another seed', () => {
    expect(sampleCommunity({ seed: 'test', now })).toEqual(community);
    expect(sampleCommunity({ seed: 'other', now })).not.toEqual(community);
  });

  it('has about 400 customers, who came over fourteen months and more and more of them', () => {
    const joined = new Map<string, number>();
    for (const { person, createdAt } of memberships(community).values()) {
      joined.set(person.userId, Math.min(createdAt, joined.get(person.userId) ?? now));
    }
    expect(joined.size).toBeGreaterThan(380);
    expect(joined.size).toBeLessThanOrEqual(400);
    const times = [...joined.values()];
    expect(now - Math.min(...times)).toBeGreaterThan(13.5 * 30.4 * dayMs);
    const within = (from: number, to: number) =>
      times.filter((at) => now - to * dayMs < at && at <= now - from * dayMs);
    expect(within(0, 90).length).toBeGreaterThan(2 * within(330, 420).length);
  });

  it.each(['trial', 'weekly', 'yearly', 'lifetime', 'Inner Circle'])('sells %s', (plan) => {
    const sold = [...memberships(community).values()].filter(({ plan: { title, id } }) =>
      `${title} ${id}`.toLowerCase().includes(plan.toLowerCase()),
    );
    expect(sold.length).toBeGreaterThan(10);
  });

  it('has all that happens to a community', () => {
    const all = [...payments(community).values()];
    const paid = all.filter(({ status }) => status === 'paid');
    const disputes = new Set(community.flatMap((one) => ('dispute' in one ? one.dispute.status : [])));
    const counts = {
      recovered: paid.filter(({ failedAttempts }) => failedAttempts > 0).length,
      unpaid: all.filter(({ status, failedAttempts }) => status === 'open' && failedAttempts === 4).length,
      discounted: paid.filter(({ promoCode }) => promoCode !== null).length,
      taxed: paid.filter(({ taxMinor }) => taxMinor > 0).length,
      euros: paid.filter(({ currency }) => currency === 'eur').length,
      pesos: paid.filter(({ currency }) => currency === 'mxn').length,
      withoutRate: paid.filter(
        ({ usdTotalMinor, createdAt }) => usdTotalMinor === null && createdAt > now - 300 * dayMs,
      ).length,
      refunds: community.filter(({ type }) => type === 'refund.created').length,
      cancelled: community.filter((one) => 'membership' in one && one.membership.cancelAtPeriodEnd).length,
      again: memberships(community).size - peopleOf(community).size,
    };
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(5);
    expect([...disputes].sort()).toEqual(
      ['lost', 'needs_response', 'under_review', 'warning_closed', 'warning_needs_response', 'won'].sort(),
    );
  });

  it('brings people by a promotion of whom most leave again at once', () => {
    const { promotion } = seasonsUntil(now);
    const came = [...memberships(community).values()].filter(({ promoCode }) => promoCode?.code === 'SUNRISE50');
    const left = came.filter(({ id }) => (endings(community).get(id) ?? now) < promotion.end + 40 * dayMs);
    expect(came.length).toBeGreaterThan(40);
    expect(left.length / came.length).toBeGreaterThan(0.5);
  });

  it('is of one piece: in order, nothing after the end, nothing paid twice', () => {
    const times = community.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
    const ends = endings(community);
    for (const happening of community) {
      if ('membership' in happening) {
        const { id, updatedAt, createdAt } = happening.membership;
        expect(updatedAt).toBe(happening.at);
        expect(createdAt).toBeLessThanOrEqual(updatedAt);
        expect(happening.at).toBeLessThanOrEqual(ends.get(id) ?? now);
      }
      if ('payment' in happening) {
        const { membership, paidAt, updatedAt, createdAt } = happening.payment;
        expect(happening.at).toBe(updatedAt);
        expect(createdAt).toBeLessThanOrEqual(paidAt ?? now);
        expect(happening.at).toBeLessThan(ends.get(membership.id) ?? now + 1);
      }
    }
    const dues = [...payments(community).values()].map(({ membership: m }) => `${m.id} ${m.period?.start}`);
    expect(new Set(dues).size).toBe(dues.length);
  });
});

describe('its future', () => {
  const { until } = seasonsUntil(now);
  const story = sampleStory({ seed: 'test', now });

  it('follows on its past, for half a year at least', () => {
    expect(story.filter(({ at }) => at <= now)).toEqual(community);
    expect(until - now).toBeGreaterThan(182 * dayMs);
    expect(Math.max(...story.map(({ at }) => at))).toBeLessThanOrEqual(until);
  });

  it('brings and loses people in every week', () => {
    const weekOf = ({ at }: { at: number }) => Math.floor((at - now) / (7 * dayMs));
    const weeks = Array.from({ length: Math.floor((until - now) / (7 * dayMs)) }, (_, i) => i);
    for (const type of ['membership.activated', 'membership.deactivated', 'payment.succeeded']) {
      const found = new Set(story.filter((one) => one.at > now && one.type === type).map(weekOf));
      expect(
        weeks.filter((week) => !found.has(week)),
        type,
      ).toEqual([]);
    }
  });
});

describe('its deliveries', () => {
  it('come in each generation, most of them in the current one', () => {
    const share = (name: string) =>
      deliveries.filter(({ generation }) => generation === name).length / deliveries.length;
    expect(share('current')).toBeGreaterThan(0.6);
    expect(share('legacy')).toBeGreaterThan(0.02);
    expect(share('recent')).toBeGreaterThan(0.02);
  });

  it('hold no e-mail address and no phone number', () => {
    for (const { payload } of deliveries) {
      const text = JSON.stringify(payload);
      expect(text).not.toContain('@');
      expect(cleanText(text)).toBe(text);
    }
  });

  it('arrive with repeats and in some disorder, and none is lost', () => {
    const arrived = inTransit(deliveries, 'test');
    expect(arrived.length).toBeGreaterThan(deliveries.length);
    expect(new Set(arrived)).toEqual(new Set(deliveries));
    expect([...new Set(arrived)]).not.toEqual(deliveries);
  });
});
