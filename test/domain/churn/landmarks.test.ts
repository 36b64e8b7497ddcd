import { describe, expect, it } from 'vitest';
import { landmarksIn } from '../../../src/domain/churn/landmarks.ts';

const told = (start: string, end: string, timeZone: string) =>
  landmarksIn({ start: Date.parse(start), end: Date.parse(end) }, timeZone).map((at) => new Date(at).toISOString());

describe('landmarks', () => {
  it('are the beginnings of Mondays in the company’s zone, also where the clock is changed', () => {
    expect(told('2026-03-20T00:00Z', '2026-04-01T00:00Z', 'Europe/Berlin')).toEqual([
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('are within the span: its start belongs to it, its end doesn’t', () => {
    expect(told('2026-01-05T00:00Z', '2026-01-12T00:00Z', 'UTC')).toEqual(['2026-01-05T00:00:00.000Z']);
    expect(told('2026-01-05T00:00:00.001Z', '2026-01-12T00:00:00.001Z', 'UTC')).toEqual(['2026-01-12T00:00:00.000Z']);
    expect(told('1999-12-27T00:00Z', '1999-12-28T00:00Z', 'UTC')).toEqual(['1999-12-27T00:00:00.000Z']);
  });
});
