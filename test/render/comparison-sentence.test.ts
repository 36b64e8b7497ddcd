import { describe, expect, it } from 'vitest';
import { comparisonSentence } from '../../src/render/comparison-sentence.ts';
import { statusMessage } from '../../src/render/status-message.ts';
import type { Compared } from '../../src/reports/compare-with-whop.ts';
import { at } from '../support/facts.ts';

function compared(differs: Partial<Compared> = {}): Compared {
  return {
    figure: 'mrr',
    unit: 'money',
    currency: 'USD',
    timeZone: 'Europe/Berlin',
    at: at('2026-11-23T13:05:00Z'),
    whop: 123_400,
    ours: 120_000,
    reason: { kind: 'unknown' },
    ...differs,
  };
}

const amounts = ['AUD', 'EUR', 'GBP', 'JPY'].map((currency) => ({ currency, amount: 1000 }));

describe('the sentence of a comparison', () => {
  it('is none where both say the same', () => {
    expect(comparisonSentence(compared({ reason: null }))).toBe(null);
  });

  it.each([
    [{ kind: 'unknown' }, '; no known reason explains it: cli backfill reads everything again'],
    [{ kind: 'past_due', amount: 3400 }, ', because Whop leaves out the $34.00 that is past due'],
    [{ kind: 'time_zone' }, ', because Whop’s days are those of UTC and ours of Europe/Berlin'],
    [
      { kind: 'currency', amounts, proven: true },
      ', because Whop converts AUD 10.00, EUR 10.00, GBP 10.00 and 1 more at other rates than ours, or where we have none',
    ],
    [
      { kind: 'currency', amounts: amounts.slice(1, 2), proven: false },
      '; Whop converts EUR 10.00, which stands beside ours, but doesn’t tell if that is all of it',
    ],
  ] as const)('tells both values, the reason and the time: %o', (reason, words) => {
    expect(comparisonSentence(compared({ reason }))).toBe(
      `Whop says MRR $1,234.00, we say $1,200.00${words} (as of Nov 23, 2026, 14:05, Europe/Berlin).`,
    );
  });

  it('counts people', () => {
    const people = { figure: 'paying_customers', unit: 'count', whop: 1000, ours: 1002 } as const;
    expect(comparisonSentence(compared({ ...people, reason: { kind: 'past_due', amount: 2 } }))).toMatch(
      /^Whop says paying customers 1,000, we say 1,002, because Whop leaves out the 2 who are past due /,
    );
  });

  it('fits three times into the field of a message, at its longest', () => {
    const sentence = comparisonSentence(
      compared({
        figure: 'gross_revenue',
        timeZone: 'America/Argentina/Buenos_Aires',
        ...{ whop: 123_456_789, ours: 987_654_321 },
        reason: { kind: 'currency', amounts: amounts.map((one) => ({ ...one, amount: 123_456_789 })), proven: true },
      }),
    );
    expect(sentence?.length).toBeLessThanOrEqual(300);
    const inbox = { lastReceivedAt: new Date(), deliveries: 1, unread: 0 };
    const differences = [sentence, sentence, sentence].map(String);
    const history = { state: 'not begun' } as const;
    const { fields } = statusMessage(
      { databaseReached: true, inbox, history, reading: null, whopReading: null, differences, troubles: [] },
      '1',
    );
    const field = fields?.find(({ name }) => name === 'Compared with Whop');
    expect(field?.value.split('\n')).toHaveLength(3);
    expect(field?.value.length).toBeLessThanOrEqual(1024);
  });
});
