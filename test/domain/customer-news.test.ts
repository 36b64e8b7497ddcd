import { expect, it } from 'vitest';
import { type CustomerNews, changeKey, factIn, sightingKey, withoutNews } from '../../src/domain/customer-news.ts';
import type { Payment } from '../../src/domain/facts.ts';
import { at, membership, nothingOf, payment } from '../support/facts.ts';

const none: CustomerNews = {
  ...{ memberships: new Map(), payments: new Map(), refunds: new Map(), disputes: new Map() },
  ...{ changes: new Set(), sightings: new Set() },
};
const [first, second] = [payment({ id: 'pay_1' }), payment({ id: 'pay_2' })];
const known = { ...nothingOf, memberships: [membership({ id: 'mem_1' })], payments: [first, second] };

it('leaves what there is no news of', () => {
  expect(withoutNews(known, none)).toEqual(known);
});

it('takes out what is new, and puts back what was known of what isn’t', () => {
  const before: Payment = { ...first, status: 'open', paidAt: null };
  const payments = new Map([
    ['pay_1', before],
    ['pay_2', null],
    ['pay_of_somebody_else', null],
  ]);
  expect(withoutNews(known, { ...none, payments })).toEqual({ ...known, payments: [before] });
});

it('takes out what has happened, and leaves the same at another time', () => {
  const began = { membershipId: 'mem_1', change: 'activated', at: at('2026-01-01') } as const;
  const again = { ...began, at: at('2026-03-01') };
  const seen = { membershipId: 'mem_1', status: 'active', at: at('2026-01-01') };
  const later = { ...seen, status: 'past_due' };
  const happened = { ...known, changes: [began, again], sightings: [seen, later] };
  const news = { ...none, changes: new Set([changeKey(again)]), sightings: new Set([sightingKey(seen)]) };
  expect(withoutNews(happened, news)).toEqual({ ...known, changes: [began], sightings: [later] });
});

it('reads a row as the fact that it is of', () => {
  const { id, ...values } = first;
  expect(factIn<'payment'>({ id, values })).toEqual(first);
});
