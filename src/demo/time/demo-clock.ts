export type Pace = {
  /** What time it is in the community, in ms. */
  now: number;
  /** How many ms pass there in one of ours; 0 while it stands still. */
  speed: number;
};

export type DemoClock = {
  now(): number;
  pace(): Pace;
  /** From the next step on. */
  setSpeed(speed: number): void;
  /** What time it will be once this many of our ms have passed; nothing is beyond the end. */
  after(elapsedMs: number): number;
  moveTo(instant: number): void;
};

/**
 * The community's time. It moves in steps, so that it stands still while what is due is delivered: at a week a second
 * a signature would be too old by the time it is looked at.
 */
export function createDemoClock({ start, end }: { start: number; end: number }): DemoClock {
  let now = start;
  let speed = 0;
  return {
    now: () => now,
    pace: () => ({ now, speed }),
    setSpeed: (chosen) => {
      speed = now < end ? chosen : 0;
    },
    after: (elapsedMs) => Math.min(end, now + Math.round(elapsedMs * speed)),
    moveTo: (instant) => {
      now = instant;
      if (now === end) speed = 0;
    },
  };
}
