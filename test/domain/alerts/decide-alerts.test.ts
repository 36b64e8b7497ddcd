import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertKind, alertKinds, usualAlertSettings, type WaitingAlert } from '../../../src/domain/alerts/alert.ts';
import { type AlertMemory, decideAlerts } from '../../../src/domain/alerts/decide-alerts.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const now = Date.UTC(2026, 10, 24, 12);
const nothing: AlertMemory = { told: [], snoozed: [], dismissed: [], muted: [], shownToday: 0 };
const who = { memberId: 'user_1', kind: 'failed_payment', reason: '' } as const;

function alert(differs: Partial<WaitingAlert> = {}): WaitingAlert {
  const { id = 'a', foundAt = now - 10 * minuteMs } = differs;
  return { id, subject: id, ...who, at: foundAt, foundAt, amountMinor: 2999, settled: false, ...differs };
}

function decide(alerts: readonly WaitingAlert[], memory: Partial<AlertMemory> = {}, settings = {}, at = now) {
  const situation = { now: at, timeZone: 'UTC', memory: { ...nothing, ...memory } };
  return decideAlerts(alerts, { ...situation, settings: { ...usualAlertSettings, ...settings } });
}

type Decided = ReturnType<typeof decide>;
const toldIds = ({ messages }: Decided) =>
  messages.flatMap(({ shown, counted }) => [...shown, ...counted].map(({ id }) => id));
const reasons = ({ dropped }: Decided) => dropped.map(({ why }) => why);
const crowd = (count: number, differs: Partial<WaitingAlert> = {}) =>
  Array.from({ length: count }, (_, n) => alert({ id: `a${n}`, memberId: `user_${n}`, ...differs }));

describe('the alerts of a message', () => {
  it('are in the order of what happened, and at one instant of what it happened to', () => {
    const [first, second, third] = ['c', 'a', 'b'].map((id, n) =>
      alert({ id, memberId: id, at: now - (n === 0 ? 9 : 8) * minuteMs }),
    );
    const all = [first, second, third].flatMap((one) => one ?? []);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 3 }), (waiting) => {
        expect(toldIds(decide(waiting))).toEqual(['c', 'a', 'b']);
      }),
    );
  });
});

describe('an alert', () => {
  it('is told', () => {
    expect(toldIds(decide([alert()]))).toEqual(['a']);
  });

  it('isn’t told again of the same member for the same reason within 14 days, and is after them', () => {
    const toldAgo = (ms: number) => decide([alert()], { told: [{ ...who, at: now - ms }] });
    expect(reasons(toldAgo(14 * dayMs - 1))).toEqual(['repeated']);
    expect(toldIds(toldAgo(14 * dayMs))).toEqual(['a']);
  });

  it('is told of the same member for another reason, and of another member for the same', () => {
    const told = [{ ...who, at: now - dayMs }];
    expect(toldIds(decide([alert({ kind: 'cancellation' })], { told }))).toEqual(['a']);
    expect(toldIds(decide([alert({ memberId: 'user_2' })], { told }))).toEqual(['a']);
  });

  it('waits while its member is snoozed, and is told once that ends', () => {
    const snoozedUntil = (until: number) => decide([alert()], { snoozed: [{ memberId: 'user_1', until }] });
    expect(snoozedUntil(now + 1)).toEqual({ dropped: [], messages: [] });
    expect(toldIds(snoozedUntil(now))).toEqual(['a']);
  });

  it('isn’t told while its kind is muted, or while staff calls it no risk', () => {
    const until = now + 1;
    expect(reasons(decide([alert()], { muted: [{ kind: 'failed_payment', until }] }))).toEqual(['muted']);
    expect(reasons(decide([alert()], { dismissed: [{ ...who, until }] }))).toEqual(['dismissed']);
    expect(toldIds(decide([alert()], { muted: [{ kind: 'failed_payment', until: now }] }))).toEqual(['a']);
    expect(toldIds(decide([alert()], { muted: [{ kind: 'dispute', until }] }))).toEqual(['a']);
    expect(toldIds(decide([alert()], { dismissed: [{ ...who, until: now }] }))).toEqual(['a']);
  });

  it('of another dispute, or of the dispute after its warning, is another reason', () => {
    const told = [{ memberId: 'user_1', kind: 'dispute', reason: 'warning pay_1', at: now - dayMs }] as const;
    const of = (reason: string) => decide([alert({ kind: 'dispute', reason })], { told });
    expect(reasons(of('warning pay_1'))).toEqual(['repeated']);
    expect(toldIds(of('dispute dspt_1'))).toEqual(['a']);
    expect(toldIds(of('warning pay_2'))).toEqual(['a']);
  });

  it('of a risk that somebody called none isn’t told for a new reason either; each dispute is dismissed by itself', () => {
    const dismissed = (kind: AlertKind) => [{ memberId: 'user_1', kind, reason: 'one', until: now + 1 }];
    const of = (kind: AlertKind) => decide([alert({ kind, reason: 'another' })], { dismissed: dismissed(kind) });
    expect(reasons(of('churn'))).toEqual(['dismissed']);
    expect(toldIds(of('dispute'))).toEqual(['a']);
  });

  it('isn’t told of less than the minimum, and is of amounts that can’t be compared with it', () => {
    const of = (amountMinor: number | null) => decide([alert({ amountMinor })], {}, { minimumMinor: 1000 });
    expect(reasons(of(999))).toEqual(['small']);
    expect(toldIds(of(1000))).toEqual(['a']);
    expect(toldIds(of(null))).toEqual(['a']);
  });

  it('isn’t told once it has come right', () => {
    expect(reasons(decide([alert({ settled: true })]))).toEqual(['settled']);
  });
});

describe('a burst', () => {
  it('of 200 is one message with the first five, and counts the others', () => {
    const { messages } = decide(crowd(200));
    expect(messages.map(({ shown, counted }) => [shown.length, counted.length])).toEqual([[5, 195]]);
  });

  it('is waited for until nothing came for a minute, and for at most five', () => {
    const found = (...ago: number[]) => crowd(ago.length).map((one, n) => ({ ...one, foundAt: now - (ago[n] ?? 0) }));
    expect(toldIds(decide(found(minuteMs)))).toHaveLength(1);
    expect(toldIds(decide(found(minuteMs - 1)))).toHaveLength(0);
    expect(toldIds(decide(found(5 * minuteMs - 1, 0)))).toHaveLength(0);
    expect(toldIds(decide(found(5 * minuteMs, 0)))).toHaveLength(2);
  });
});

describe('a day', () => {
  it('shows no more than it may, counts what came with the last, and leaves the rest to the next', () => {
    const shown = (shownToday: number) =>
      decide(crowd(12), { shownToday }, { perDay: 10 }).messages.map((one) => [one.shown.length, one.counted.length]);
    expect(shown(5)).toEqual([[5, 7]]);
    expect(shown(8)).toEqual([[2, 10]]);
    expect(shown(10)).toEqual([]);
  });
});

describe('quiet hours', () => {
  it('hold what is to be told until they end', () => {
    const at = (hour: number) => now - 12 * 60 * minuteMs + hour * 60 * minuteMs;
    const quiet = { quietFrom: 22, quietUntil: 7 };
    const told = (time: number) => toldIds(decide([alert({ foundAt: time - dayMs })], {}, quiet, time)).length;
    expect([told(at(22) - 1), told(at(22)), told(at(31) - 1), told(at(31))]).toEqual([1, 0, 0, 1]);
  });
});

describe('whatever waits', () => {
  const waiting = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom(...alertKinds),
      subject: fc.uuid(),
      reason: fc.constantFrom('', 'high band', 'new reason'),
      at: fc.integer({ min: now - 3 * dayMs, max: now }),
      memberId: fc.constantFrom('user_1', 'user_2', 'user_3'),
      foundAt: fc.integer({ min: now - 3 * dayMs, max: now }),
      amountMinor: fc.option(fc.nat(5000)),
      settled: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );

  it('is dropped, told or left waiting, and only one of these, with one alert for each member and reason', () => {
    fc.assert(
      fc.property(waiting, (alerts) => {
        const decision = decide(alerts, {}, { minimumMinor: 2500 });
        const all = [...toldIds(decision), ...decision.dropped.map((one) => one.alert.id)];
        expect(new Set(all).size).toBe(all.length);
        const told = decision.messages.flatMap(({ shown, counted }) => [...shown, ...counted]);
        expect(new Set(told.map(({ memberId, kind, reason }) => `${memberId} ${kind} ${reason}`)).size).toBe(
          told.length,
        );
      }),
    );
  });

  it('is decided the same in whatever order it is read', () => {
    fc.assert(
      fc.property(waiting, (alerts) => {
        expect(decide(alerts.toReversed())).toEqual(decide(alerts));
      }),
    );
  });

  it('and was told isn’t told again', () => {
    fc.assert(
      fc.property(waiting, (alerts) => {
        const told = decide(alerts).messages.flatMap(({ shown, counted }) => [...shown, ...counted]);
        const memory = { told: told.map(({ memberId, kind, reason }) => ({ memberId, kind, reason, at: now })) };
        expect(
          toldIds(decide(alerts, memory, {}, now + dayMs)).filter((id) => told.some((one) => one.id === id)),
        ).toEqual([]);
      }),
    );
  });
});
