import type { PoolClient } from 'pg';
import type { Instant } from '../domain/facts.ts';
import type { Schedule, Slot } from '../domain/schedule.ts';
import type { Log } from '../log.ts';
import type { ChartConfig } from '../render/charts/chart-config.ts';
import type { Sources } from '../reports/question.ts';
import type { ReadHistory } from './read-history.ts';
import type { ReconcileParts } from './reconcile.ts';

export type JobParts = {
  sources: Sources;
  /** WHOP_COMPANY_ID. */
  companyId: string | null;
  /** Null without WHOP_API_KEY. */
  history: ReadHistory | null;
  /** How Whop is asked again for one company; null without WHOP_API_KEY. */
  reconciling: ((companyId: string, stopping: AbortSignal) => ReconcileParts) | null;
  /** Reads what is new in the chats and forums of one company; null without WHOP_API_KEY. */
  whopChat: ((companyId: string, now: Instant, stopping: AbortSignal) => Promise<ChatReading>) | null;
  /** Links customers as their accounts on Whop say; null without WHOP_API_KEY. */
  linkAsWhopSays: ((companyId: string, now: Instant, stopping: AbortSignal) => Promise<void>) | null;
  /** PNG bytes, or null where charts are off or this one failed. */
  drawChart(chart: ChartConfig): Promise<Uint8Array | null>;
  /** How long what people do is kept. */
  activityRetentionDays: number;
  /** Makes the months that activities come in next, and drops those that are older than they are to be kept. */
  keepActivityMonths(now: Instant): Promise<void>;
  /** When this process began. */
  since: Instant;
  stopping: AbortSignal;
  log: Log;
};

/** What came of reading the chats and forums of a company. */
type ChatReading = {
  /** Whether the key may read any of them. */
  readAny: boolean;
  /** Why it may not read others, in words for people. */
  refusals: readonly string[];
};

/** Runs in each process again and again, and sees to it by itself that only one does what only one may. */
export type RepeatedJob = {
  /** Between the end of one run and the next. */
  everyMs: number;
  /** Throws where the next run may do better. */
  run(parts: JobParts, now: Instant): Promise<void>;
};

/** What a run writes in the transaction that marks it as done: it is written once, whatever crashes. */
export type Write = (client: PoolClient) => Promise<void>;

/** Of one company, the slot that has come; `now` is later than its time where it had to be made up for. */
export type CompanySlot = { companyId: string; slot: Slot; now: Instant };

/** What a company chose. */
export type ChosenSchedule = Schedule & {
  /** No slot before counts as missed; null where nobody knows. */
  setAt: Instant | null;
};

/** Runs once for each company and slot, in whichever process claims it first. */
export type ScheduledJob = {
  /** In the company's local time; where companies choose it, that of one of them, or null for never. */
  schedule: Schedule | ((companyId: string, parts: JobParts) => Promise<ChosenSchedule | null>);
  /** How late a run that was missed still makes sense; of several that were, the newest is run. */
  lateMs: number;
  /** Others do meanwhile with what it made the time before, so that a clock that leaps doesn't stand still for it. */
  inBackground?: true;
  /**
   * Can be cut short at any point and begin anew, here or elsewhere: what must not happen twice is left to what it returns.
   * Throws where a later attempt may do better: it is tried five times, and as often as it takes where it throws Passing.
   */
  run(slot: CompanySlot, parts: JobParts): Promise<Write>;
};

export type Job = RepeatedJob | ScheduledJob;
