import type { Instant } from '../facts.ts';
import type { AlertKind, AlertOutcome, AlertResponse } from './alert.ts';

type Money = { currency: string; amountMinor: number };

/** One alert, with what is known of it just now. */
export type AlertView = {
  id: string;
  memberId: string;
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
  /** The end of what is paid or tried, or until when a dispute can be answered. */
  dueAt: Instant | null;
  outcome: { is: AlertOutcome; at: Instant | null } | null;
  /** The newest last; `by` is Discord's id. */
  responses: readonly { response: AlertResponse; by: string; at: Instant }[];
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
