import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Lifetime, survivalCurve } from '../../src/domain/survival.ts';

const folder = join(import.meta.dirname, '../fixtures/survival');

/** Estimates of R's `survival::survfit`, with the data that they are of. */
const vector = z.object({
  durations: z.array(z.number()),
  event: z.array(z.number()),
  entry: z.array(z.number()).optional(),
  expected: z.object({
    step_function: z.object({
      time: z.array(z.number()),
      n_risk: z.array(z.number()),
      n_event: z.array(z.number()),
      surv: z.array(z.number()),
    }),
    at: z.object({
      log: z.object({
        times: z.array(z.number()),
        surv: z.array(z.number()),
        lower: z.array(z.number().nullable()),
        upper: z.array(z.number().nullable()),
      }),
    }),
  }),
});

const vectors = readdirSync(folder).map((file) => {
  const { durations, event, entry, expected } = vector.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const lifetimes: Lifetime[] = durations.map((duration, i) => ({
    duration,
    ended: event[i] === 1,
    entry: entry?.[i] ?? 0,
  }));
  return { name: file.replace('.json', ''), lifetimes, expected };
});

it('of cases that are taken back again has no step where nobody is left to have ended', () => {
  const seen: Lifetime[] = [
    { duration: 30, ended: true, cases: 2 },
    { duration: 45, ended: true },
    { duration: 60, ended: false, cases: 3 },
  ];
  const back: Lifetime[] = [
    { duration: 45, ended: true, cases: -1 },
    { duration: 45, ended: false },
  ];
  expect(survivalCurve([...seen, ...back]).map(({ time, atRisk }) => [time, atRisk])).toEqual([[30, 6]]);
});

describe.each(vectors)('the survival curve of $name', ({ lifetimes, expected }) => {
  const curve = survivalCurve(lifetimes);

  it('has R’s steps', () => {
    const { time, n_risk, n_event, surv } = expected.step_function;
    const steps = time.flatMap((at, i) => (n_event[i] ? [{ at, atRisk: n_risk[i], surv: surv[i] ?? 0 }] : []));
    expect(curve.map((step) => step.time)).toEqual(steps.map((step) => step.at));
    expect(curve.map((step) => step.atRisk)).toEqual(steps.map((step) => step.atRisk));
    curve.forEach(({ survival }, i) => {
      expect(survival).toBeCloseTo(steps[i]?.surv ?? -1, 9);
    });
  });

  it('has R’s interval', () => {
    const { times, surv, lower, upper } = expected.at.log;
    times.forEach((time, i) => {
      const step = curve.findLast((one) => one.time <= time) ?? { survival: 1, lower: 1, upper: 1 };
      expect(step.survival).toBeCloseTo(surv[i] ?? -1, 9);
      if (lower[i] === null) expect(step.lower).toBeNull();
      else expect(step.lower).toBeCloseTo(lower[i] ?? -1, 9);
      if (upper[i] === null) expect(step.upper).toBeNull();
      else expect(step.upper).toBeCloseTo(upper[i] ?? -1, 9);
    });
  });
});
