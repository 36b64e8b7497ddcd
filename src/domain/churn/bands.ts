import { logit, sigmoid } from './logistic.ts';

export type Band = 'low' | 'medium' | 'high';

/** Twice the odds of leaving that the company's members have on the average. */
const highOdds = 2;

/** From which probability on a risk is called medium, and high. At a base rate of 10 %: from 10 % and from 18 % on. */
export function bandEdges(baseRate: number): { medium: number; high: number } {
  return { medium: baseRate, high: sigmoid(logit(baseRate) + Math.log(highOdds)) };
}

export function bandOf(probability: number, baseRate: number): Band {
  const { medium, high } = bandEdges(baseRate);
  if (probability >= high) return 'high';
  return probability >= medium ? 'medium' : 'low';
}
