import type { Rise } from '../churn/rises.ts';
import type { ScoredMember } from '../churn/scan.ts';
import type { Instant } from '../facts.ts';
import type { AlertKind, AlertOutcome, AlertResponse } from './alert.ts';

type Money = { currency: string; amountMinor: number };

export type AlertRisk = Pick<ScoredMember, 'probability' | 'confidence' | 'reasons' | 'contract' | 'suggestion'> & {
  rise: Rise;
};

/** One alert, with what is known of it just now. */
export type AlertView = {
  id: string;
  memberId: string;
  /** They don't want to be named: `username` and `name` are null. */
  optedOut: boolean;
  username: string | null;
  name: string | null;
  /** Null where nobody has told it. */
  plan: string | null;
  mrr: readonly Money[];
  /** What was to be paid, or is disputed. */
  amount: Money | null;
  failedAttempts: number | null;
  /** The reason that was chosen for a cancellation, such as 'too_expensive'. */
  cancelOption: string | null;
  /** Of a membership or a dispute. */
  status: string | null;
  /** How likely they are to leave, where that is what is told. */
  risk: AlertRisk | null;
  /** The end of what is paid or tried, the next bill, or until when a dispute can be answered. */
  dueAt: Instant | null;
  outcome: { is: AlertOutcome; at: Instant | null } | null;
  /** The newest of each, the newest last; `by` is Discord's id, null of who is forgotten. */
  responses: readonly { response: AlertResponse; by: string | null; at: Instant }[];
};

/** A message about alerts of one kind. */
export type AlertMessageView = {
  kind: AlertKind;
  alerts: readonly AlertView[];
  /** How many more it stands for. */
  counted: number;
  /** Of the last 30 days, where it tells of disputes. */
  disputes: { opened: number; payments: number } | null;
};
