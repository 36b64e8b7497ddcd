import type { Instant } from './facts.ts';
import { type FlowEntry, untold } from './flow-entries.ts';
import type { Amounts, Flow } from './measures.ts';
import type { MembershipRecord } from './membership-record.ts';
import { recurs, totalOf } from './pricing.ts';

/** The trial, the click on cancel and the ends of one membership. */
export function recurringEntries(record: MembershipRecord): FlowEntry[] {
  return [...trialEntry(record), ...(recurs(record.plan) ? [...scheduledEntry(record), ...endEntries(record)] : [])];
}

type TrialOutcome = 'trials_converted' | 'trials_lost' | 'trials_pending';

/** By when the trial began, with what has become of it by now. */
function trialEntry(record: MembershipRecord): FlowEntry[] {
  const at = record.spans[0]?.start;
  if (at === undefined || !isTrial(record)) return [];
  return [entryOf('trial', at, { trials_started: 1, [outcomeOf(record)]: 1 }, record)];
}

/** Seen in a trial at any time, or on a plan that begins with one. */
function isTrial({ membership, plan, sightings }: MembershipRecord): boolean {
  const seen = membership.status === 'trialing' || sightings.some(({ status }) => status === 'trialing');
  return seen || (plan?.trialPeriodDays ?? 0) > 0;
}

/** Whether anything was ever paid on it, else whether it is still on. */
function outcomeOf({ paid, spans }: MembershipRecord): TrialOutcome {
  if (paid.some((payment) => (totalOf(payment) ?? 0) > 0)) return 'trials_converted';
  return spans.at(-1)?.end === Number.POSITIVE_INFINITY ? 'trials_pending' : 'trials_lost';
}

/** A click on cancel that wasn't taken back. */
function scheduledEntry(record: MembershipRecord): FlowEntry[] {
  const { cancelAtPeriodEnd, status, canceledAt } = record.membership;
  const stands = cancelAtPeriodEnd === true || status === 'canceled';
  if (!stands || canceledAt === null) return [];
  return [{ ...entryOf('scheduled', canceledAt, { cancellations_scheduled: 1 }, record), ...reason(record) }];
}

function endEntries(record: MembershipRecord): FlowEntry[] {
  return record.spans
    .filter(({ end }) => end !== Number.POSITIVE_INFINITY)
    .map(({ end }) => ({ ...entryOf('ended', end, { cancellations: 1 }, record), ...reason(record) }));
}

function reason({ membership }: MembershipRecord): Pick<FlowEntry, 'cancelOption'> {
  return { cancelOption: membership.cancelOption ?? 'unknown' };
}

function entryOf(
  kind: FlowEntry['kind'],
  at: Instant,
  amounts: Amounts<Flow>,
  { membership, planId }: MembershipRecord,
): FlowEntry {
  return { kind, sourceId: membership.id, at, planId, currency: '', amounts, ...untold };
}
