import { describe, expect, it } from 'vitest';
import { createDemoClock } from '../../../src/demo/time/demo-clock.ts';
import { createDue } from '../../../src/demo/time/due.ts';

const weekMs = 7 * 24 * 3_600_000;

describe('the community’s clock', () => {
  it('stands still until it is told how fast to go, and then goes as fast as that', () => {
    const clock = createDemoClock({ start: 1000, end: 10 * weekMs });
    clock.moveTo(clock.after(250));
    expect(clock.pace()).toEqual({ now: 1000, speed: 0 });
    clock.setSpeed(weekMs / 1000);
    expect(clock.now()).toBe(1000);
    clock.moveTo(clock.after(250));
    expect(clock.now()).toBe(1000 + weekMs / 4);
  });

  it('ends where the story ends, and doesn’t begin again', () => {
    const clock = createDemoClock({ start: 0, end: 1000 });
    clock.setSpeed(3);
    clock.moveTo(clock.after(333));
    expect(clock.pace()).toEqual({ now: 999, speed: 3 });
    clock.moveTo(clock.after(333));
    clock.setSpeed(3);
    expect(clock.pace()).toEqual({ now: 1000, speed: 0 });
  });
});

describe('what is due', () => {
  it('is handed out once, in order, and not before its time', () => {
    const due = createDue([{ at: 1 }, { at: 5 }, { at: 5 }, { at: 6 }]);
    expect(due(0)).toEqual([]);
    expect(due(4)).toEqual([{ at: 1 }]);
    expect(due(5)).toEqual([{ at: 5 }, { at: 5 }]);
    expect(due(5)).toEqual([]);
    expect(due(100)).toEqual([{ at: 6 }]);
  });
});
