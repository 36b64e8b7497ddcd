import type { DemoClock } from './demo-clock.ts';

export type Happening = {
  clock: DemoClock;
  /** Everything that happens in the community until the clock's time. */
  deliver(): Promise<void>;
  /** The next time after an instant for which the bot has promised something; null where there is none. */
  nextStop(after: number): Promise<number | null>;
  /** What the bot does by itself, at the clock's time. */
  runDue(): Promise<void>;
  stopping: AbortSignal;
};

/** Lets time pass until an instant: in one leap, but for what the bot has promised for a time on the way. */
export async function passTime(to: number, happening: Happening): Promise<void> {
  const { clock, deliver, nextStop, runDue, stopping } = happening;
  const goTo = async (instant: number) => {
    clock.moveTo(instant);
    await deliver();
    await runDue();
  };
  for (let stop = await nextStop(clock.now()); stop !== null && stop < to; stop = await nextStop(stop)) {
    stopping.throwIfAborted();
    await goTo(stop);
  }
  await goTo(to);
}
