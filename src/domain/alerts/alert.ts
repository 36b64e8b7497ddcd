import type { Instant } from '../facts.ts';

/** What can wait the least comes first. */
export const alertKinds = ['dispute', 'failed_payment', 'cancellation', 'trial', 'churn'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What is to be told, as soon as it may be. */
export type WaitingAlert = {
  id: string;
  kind: AlertKind;
  /** The same for the same event. */
  subject: string;
  /** Of the same member, kind and reason one is told within a cool-down. */
  reason: string;
  memberId: string;
  /** When it happened. */
  at: Instant;
  foundAt: Instant;
  /** What the payment was to bring, in the reporting currency; null where it is none, or in another currency. */
  amountMinor: number | null;
  /** Whether it has come right meanwhile. */
  settled: boolean;
};

export type AlertSettings = {
  /** Failed payments below aren't told; in minor units of the reporting currency. */
  minimumMinor: number;
  /** Local hours, 0 to 23, between which nothing is told; equal for none. */
  quietFrom: number;
  quietUntil: number;
  /** How many alerts a local day are shown with all that is known. */
  perDay: number;
};

export const usualAlertSettings: AlertSettings = { minimumMinor: 0, quietFrom: 0, quietUntil: 0, perDay: 20 };

/** What was pressed under an alert. */
export const alertResponses = ['contacted', 'snooze', 'dismiss'] as const;
export type AlertResponse = (typeof alertResponses)[number];

export type AlertOutcome = 'paid' | 'stayed' | 'left' | 'won' | 'lost' | 'closed';
