import { calibrationError, calibrationTable } from './calibration.ts';

/** What was said of each case, and what came of it: 1 or 0. */
export type Outcomes = { probabilities: ArrayLike<number>; labels: ArrayLike<number> };

/** Null where there is nothing to compute it from. */
export type Scores = {
  /** The share of pairs of a leaver and a stayer of whom the leaver has the higher probability; equal ones count half. */
  auc: number | null;
  /** Mean squared error of the probability. */
  brier: number | null;
  logLoss: number | null;
  /** Share of leavers in the tenth with the highest probabilities, against that of all. */
  lift: number | null;
  /** Mean distance of what was said from what came, over ten ranges of probability of equal width. */
  ece: number | null;
  rows: number;
  leavers: number;
};

export function scoresOf(outcomes: Outcomes): Scores {
  const { probabilities, labels } = outcomes;
  const rows = labels.length;
  const mean = (lossOf: (p: number, y: number) => number) =>
    rows === 0 ? null : Array.from(labels, (y, i) => lossOf(probabilities[i] ?? 0, y)).reduce(add, 0) / rows;
  return {
    auc: areaUnderCurve(outcomes),
    brier: mean((p, y) => (p - y) ** 2),
    logLoss: mean(logLossOf),
    lift: topDecileLift(outcomes),
    ece: calibrationError(calibrationTable(outcomes, 'width')),
    rows,
    leavers: Array.from(labels).reduce(add, 0),
  };
}

/** Cut where a probability of exactly 0 or 1 would cost infinitely much. */
export function logLossOf(probability: number, label: number): number {
  const ofTruth = label === 1 ? probability : 1 - probability;
  return -Math.log(Math.max(ofTruth, 1e-15));
}

function add(sum: number, value: number): number {
  return sum + value;
}

type Tie = { cases: number; leavers: number };

/** Those with the same probability together, the highest first. */
function ties({ probabilities, labels }: Outcomes): Tie[] {
  const found = new Map<number, Tie>();
  for (let i = 0; i < labels.length; i += 1) {
    const probability = probabilities[i] ?? 0;
    const tie = found.get(probability) ?? { cases: 0, leavers: 0 };
    found.set(probability, tie);
    tie.cases += 1;
    tie.leavers += labels[i] ?? 0;
  }
  return [...found].sort(([a], [b]) => b - a).map(([, tie]) => tie);
}

/** Mann–Whitney's statistic. */
export function areaUnderCurve(outcomes: Outcomes): number | null {
  let [won, leaversAbove, stayers] = [0, 0, 0];
  for (const { cases, leavers } of ties(outcomes)) {
    const staying = cases - leavers;
    won += staying * (leaversAbove + leavers / 2);
    leaversAbove += leavers;
    stayers += staying;
  }
  return leaversAbove * stayers === 0 ? null : won / (leaversAbove * stayers);
}

/** Where the border of the tenth falls among equal ones, they count by their share. */
function topDecileLift(outcomes: Outcomes): number | null {
  const rows = outcomes.labels.length;
  const top = Math.ceil(rows / 10);
  let [left, caught, leaversOfAll] = [top, 0, 0];
  for (const { cases, leavers } of ties(outcomes)) {
    const taken = Math.min(left, cases);
    caught += (leavers * taken) / cases;
    left -= taken;
    leaversOfAll += leavers;
  }
  return leaversOfAll === 0 ? null : caught / top / (leaversOfAll / rows);
}
