import { describe, expect, it } from 'vitest';
import type { Band } from '../../../src/domain/churn/bands.ts';
import { risesSince } from '../../../src/domain/churn/rises.ts';

const member = (band: Band, ...reasons: string[]) => ({ memberId: 'user_1', band, reasons });
const rise = (before: ReturnType<typeof member>[] | null, after: ReturnType<typeof member>) =>
  risesSince(before, [after]).get('user_1');

describe('what to tell of a member after a scan', () => {
  it('is that the risk has become high', () => {
    expect(rise([member('medium')], member('high'))).toBe('high band');
    expect(rise([], member('high'))).toBe('high band');
    expect(rise([member('high')], member('high'))).toBeUndefined();
    expect(rise([member('low')], member('medium'))).toBeUndefined();
  });

  it('is a reason that wasn’t one, whatever its numbers are', () => {
    const before = [member('high', '1 day since the last activity', '1 activity in the last 7 days')];
    const later = member('high', '1,002 days since the last activity', '0 activities in the last 7 days');
    expect(rise(before, later)).toBeUndefined();
    expect(rise(before, member('high', 'the last payment failed'))).toBe('new reason');
    expect(rise(before, member('high'))).toBeUndefined();
  });

  it('is no new reason where only the time has grown that somebody is seen', () => {
    const active = (when: string) => member('high', `1 active day ${when}`);
    const first = [active('on the one day seen so far')];
    expect(rise(first, active('in the 6 days seen so far'))).toBeUndefined();
    expect(rise([active('in the 6 days seen so far')], active('in the last 7 days'))).toBeUndefined();
  });

  it('is nothing after the first scan', () => {
    expect(rise(null, member('high'))).toBeUndefined();
  });
});
