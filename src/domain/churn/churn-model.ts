import type { Instant } from '../facts.ts';
import type { CalibrationRow } from './calibration.ts';
import type { Usual } from './design.ts';
import type { ActivityKind } from './engagement-features.ts';
import type { Scores } from './evaluation.ts';

/** Whoever keeps a model keeps this beside it: one of other rules is to be fitted anew. */
export const churnRules = 2;

/** What scores are made of; plain JSON. */
export type ChurnModel = {
  rules: number;
  /**
   * `fitted` on the company's past; `prior`: too little of it, so common sense with the company's own rate; `base rate`:
   * fitted, but no better than saying the same of everybody, and so not used.
   */
  kind: 'fitted' | 'prior' | 'base rate';
  /** Why that kind, in a sentence. */
  note: string;
  fittedAt: Instant;
  /** The first and the last landmark of the rows; null without any. */
  window: { from: Instant; to: Instant } | null;
  rows: number;
  members: number;
  /** Different ones who left. */
  leavers: number;
  /** The share of rows whose member left within 30 days; with a guess of 10 % mixed in that few rows outweigh. */
  baseRate: number;
  kinds: readonly ActivityKind[];
  /** What is usual of features that compare members with each other. */
  usual: Usual;
  intercept: number;
  columns: Column[];
  /** Null where nothing was fitted. */
  penalty: number | null;
  engagement: EngagementTest | null;
  outOfTime: OutOfTime | null;
};

/** One column of the design: a feature, or what of it lies above a knot, as `(value − mean) / deviation`. */
export type Column = {
  feature: string;
  group: 'contract' | 'engagement';
  knot: number | null;
  mean: number;
  deviation: number;
  /** In log odds a deviation. */
  weight: number;
  prior: number;
};

/** By how much knowing the activity lowers the log loss of members that the fit hasn't seen. */
export type EngagementTest = {
  /** There is a gain; else activity is left out of the model. */
  helps: boolean;
  /** The gain is above its standard error, so that it is hardly by chance. */
  matters: boolean;
  gain: number;
  standardError: number;
};

/** What a model of the weeks before would have said in the last ones, of which it knew nothing. */
export type OutOfTime = {
  from: Instant;
  to: Instant;
  model: Scores;
  baseRate: Scores;
  /** The area under the curve of the days since the last activity alone; null where nobody's is known. */
  silenceAuc: number | null;
  calibration: CalibrationRow[];
  /** Of those called high, how many left. */
  high: { rows: number; left: number };
};
