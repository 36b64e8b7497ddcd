import { describe, expect, it } from 'vitest';
import type { Membership, MembershipChange, Payment } from '../../src/domain/facts.ts';
import { onSpans } from '../../src/domain/membership-spans.ts';
import { at, membership, payment } from '../support/facts.ts';

type Known = { changes?: [MembershipChange['change'], string][]; payments?: Payment[]; recurring?: boolean };

/** The spans as days, the open end as null. */
function spans(told: Partial<Membership>, { changes = [], payments = [], recurring = true }: Known = {}) {
  const known = changes.map(([change, day]) => ({ membershipId: 'mem_1', change, at: at(day) }));
  const day = (instant: number) => (Number.isFinite(instant) ? new Date(instant).toISOString().slice(0, 10) : null);
  return onSpans({ membership: membership(told), changes: known, payments, recurring }).map(({ start, end }) => [
    day(start),
    day(end),
  ]);
}

const canceled = { status: 'canceled', updatedAt: at('2026-06-20') };

describe('a membership is on', () => {
  it('from its creation until an event says otherwise', () => {
    expect(spans({})).toEqual([['2026-01-01', null]]);
    expect(spans({}, { changes: [['deactivated', '2026-03-01']] })).toEqual([['2026-01-01', '2026-03-01']]);
  });

  it.each(['trialing', 'active', 'canceling', 'past_due', 'unresolved'])('while it is %s', (status) => {
    expect(spans({ status, updatedAt: at('2026-02-01') })).toEqual([['2026-01-01', null]]);
  });

  it('never as a draft', () => {
    expect(spans({ status: 'drafted' })).toEqual([]);
  });

  it('again from an activation, with a gap before it', () => {
    const changes: Known['changes'] = [
      ['activated', '2026-01-01'],
      ['deactivated', '2026-02-01'],
      ['activated', '2026-04-01'],
    ];
    expect(spans({}, { changes })).toEqual([
      ['2026-01-01', '2026-02-01'],
      ['2026-04-01', null],
    ]);
    expect(spans({}, { changes: changes.toReversed() })).toEqual(spans({}, { changes }));
  });

  it('from its first payment where nothing tells its creation', () => {
    const payments = [payment({ paidAt: at('2026-02-02') }), payment({ paidAt: at('2026-03-02') })];
    expect(spans({ createdAt: null, updatedAt: null, status: null }, { payments })).toEqual([['2026-02-02', null]]);
  });
});

describe('an end that only the newest snapshot knows', () => {
  it('is the end of the paid period', () => {
    expect(spans({ ...canceled, renewalPeriodEnd: at('2026-06-15') })).toEqual([['2026-01-01', '2026-06-15']]);
    expect(spans({ ...canceled, renewalPeriodEnd: at('2026-06-20') })).toEqual([['2026-01-01', '2026-06-20']]);
  });

  it('is the cancellation where the period reaches beyond the snapshot', () => {
    const told = { ...canceled, renewalPeriodEnd: at('2026-07-15'), canceledAt: at('2026-06-18') };
    expect(spans(told)).toEqual([['2026-01-01', '2026-06-18']]);
    expect(spans({ ...told, canceledAt: null })).toEqual([['2026-01-01', '2026-06-20']]);
  });

  it('is the cancellation where the last payment had failed', () => {
    const told = { ...canceled, renewalPeriodEnd: at('2026-06-15'), canceledAt: at('2026-06-18') };
    const failed = payment({ id: 'pay_2', failed: true, lastAttemptAt: at('2026-06-15') });
    expect(spans(told, { payments: [failed, payment({ paidAt: at('2026-05-15') })] })).toEqual([
      ['2026-01-01', '2026-06-18'],
    ]);
    expect(spans(told, { payments: [failed, payment({ paidAt: at('2026-06-16') })] })).toEqual([
      ['2026-01-01', '2026-06-15'],
    ]);
  });

  it('yields to an event that told it', () => {
    const told = { ...canceled, renewalPeriodEnd: at('2026-06-15') };
    expect(spans(told, { changes: [['deactivated', '2026-06-16']] })).toEqual([['2026-01-01', '2026-06-16']]);
  });

  it('counts again after a later activation, but not from before it', () => {
    const told = { ...canceled, renewalPeriodEnd: at('2026-05-15') };
    const changes: Known['changes'] = [
      ['deactivated', '2026-05-15'],
      ['activated', '2026-06-01'],
    ];
    expect(spans(told, { changes })).toEqual([['2026-01-01', '2026-05-15']]);
    expect(spans({ ...told, renewalPeriodEnd: at('2026-06-19') }, { changes })).toEqual([
      ['2026-01-01', '2026-05-15'],
      ['2026-06-01', '2026-06-19'],
    ]);
  });

  it('is none in a snapshot that is older than the last activation', () => {
    const changes: Known['changes'] = [['activated', '2026-06-21']];
    expect(spans({ ...canceled, renewalPeriodEnd: at('2026-06-15') }, { changes })).toEqual([['2026-01-01', null]]);
  });

  it('is none for a completed one-time purchase', () => {
    const completed = { status: 'completed', updatedAt: at('2026-06-20'), renewalPeriodEnd: at('2026-06-15') };
    expect(spans(completed, { recurring: false })).toEqual([['2026-01-01', null]]);
    expect(spans(completed, { recurring: true })).toEqual([['2026-01-01', '2026-06-15']]);
  });
});

describe('a return that only the newest snapshot knows', () => {
  const changes: Known['changes'] = [['deactivated', '2026-03-01']];

  it('is the beginning of the new period, else the snapshot', () => {
    const told = { status: 'active', updatedAt: at('2026-05-01') };
    expect(spans({ ...told, renewalPeriodStart: at('2026-04-15') }, { changes })).toEqual([
      ['2026-01-01', '2026-03-01'],
      ['2026-04-15', null],
    ]);
    expect(spans({ ...told, renewalPeriodStart: at('2026-02-01') }, { changes })).toEqual([
      ['2026-01-01', '2026-03-01'],
      ['2026-05-01', null],
    ]);
  });

  it('is none in a snapshot that is not newer than the end', () => {
    expect(spans({ status: 'active', updatedAt: at('2026-03-01') }, { changes })).toEqual([
      ['2026-01-01', '2026-03-01'],
    ]);
  });
});
