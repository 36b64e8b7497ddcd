import type { ChurnModel } from '../domain/churn/churn-model.ts';
import type { ActivityKind } from '../domain/churn/engagement-features.ts';
import type { Observation } from '../domain/churn/learning-row.ts';
import type { MemberHistory } from '../domain/churn/member-history.ts';
import type { MemberRisk } from '../domain/churn/score.ts';
import type { Instant } from '../domain/facts.ts';

export type FitTask = Observation & { kinds: readonly ActivityKind[]; now: Instant };
export type ScoreTask = { model: ChurnModel; at: Instant; observedFrom: Instant };

/** What a thread is to do; members are told afterwards, some at a time, and then it is asked until it has said all. */
export type ChurnTask = ({ task: 'fit' } & FitTask) | ({ task: 'score' } & ScoreTask);

export type ToThread =
  | { say: 'begin'; task: ChurnTask }
  | { say: 'members'; histories: readonly MemberHistory[] }
  | { say: 'go on' };

export type FromThread =
  | { say: 'ready for more' }
  | { say: 'model'; model: ChurnModel }
  | { say: 'risks'; risks: readonly MemberRisk[] }
  | { say: 'that is all' };
