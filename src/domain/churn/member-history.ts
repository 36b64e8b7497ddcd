import type { Instant } from '../facts.ts';

/** What is told about one member, in any order. Nothing is assumed about what is left out. */
export type MemberHistory = {
  memberId: string;
  memberships: readonly MembershipStretch[];
  bills: readonly Bill[];
  /** Null where nobody can see what the member does, as without a linked account: that isn't the same as doing nothing. */
  activity: readonly ActivityDay[] | null;
};

/** A time for which one membership was on, half-open; `end` is Infinity as long as it runs. */
export type MembershipStretch = {
  id: string;
  start: Instant;
  end: Instant;
  /** What it costs and how often, each from when on that was known. */
  terms: readonly Terms[];
  cancellations: readonly Cancellation[];
};

export type Terms = {
  since: Instant;
  /** From bill to bill; null where it isn't known or there is none. */
  periodDays: number | null;
  /** What a month costs, in minor units of one currency for all members; null where it isn't known. */
  monthlyPriceMinor: number | null;
  trialEnd: Instant | null;
  discountEnd: Instant | null;
};

/** Somebody had it end later, at `endsAt` if that was told, and maybe took that back. */
export type Cancellation = { at: Instant; endsAt: Instant | null; takenBackAt: Instant | null };

/** One attempt to charge; one that succeeds after others failed is one more. */
export type Bill = { at: Instant; amountMinor: number; failed: boolean };

/** What a member did on one local day in one way and place. */
export type ActivityDay = {
  /** The instant at which that local day begins. */
  day: Instant;
  /** Such as message or reaction. */
  kind: string;
  channel: string;
  count: number;
  /** What these amount to, such as minutes; the count again where there is nothing else to add up. */
  value: number;
};

export const dayMs = 24 * 60 * 60 * 1000;
