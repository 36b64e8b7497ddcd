import type { Instant } from '../facts.ts';
import { groupBy } from '../group-by.ts';
import { type AlertKind, type AlertSettings, alertKinds, type WaitingAlert } from './alert.ts';
import { isQuiet } from './quiet-hours.ts';

type Reason = Pick<WaitingAlert, 'memberId' | 'kind' | 'reason'>;

/** What was told and answered before. */
export type AlertMemory = {
  told: readonly (Reason & { at: Instant })[];
  /** Members who are left alone until then. */
  snoozed: readonly { memberId: string; until: Instant }[];
  /** Who was called no risk, for what and until when that holds. */
  dismissed: readonly (Reason & { until: Instant })[];
  muted: readonly { kind: AlertKind; until: Instant }[];
  /** How many were shown with all that is known on this local day. */
  shownToday: number;
};

/** Why something isn't told at all. */
export type Dropped = 'settled' | 'small' | 'muted' | 'dismissed' | 'repeated';

/** One message: some with all that is known, and the others counted. */
type AlertMessage = { kind: AlertKind; shown: readonly WaitingAlert[]; counted: readonly WaitingAlert[] };

/** What is neither dropped nor in a message goes on waiting. */
export type Decision = {
  dropped: readonly { alert: WaitingAlert; why: Dropped }[];
  messages: readonly AlertMessage[];
};

type Situation = { now: Instant; timeZone: string; settings: AlertSettings; memory: AlertMemory };

const dayMs = 24 * 60 * 60 * 1000;
export const coolDownMs = 14 * dayMs;
/** A message has room for the buttons of so many. */
const mostShown = 5;
/** What comes in a burst is gathered: until nothing came for so long, and for at most so long. */
const settleMs = 60_000;
const mostGatheringMs = 5 * 60_000;

/** What is to be told now, one message for each kind. A member isn't told of twice for the same reason within 14 days. */
export function decideAlerts(waiting: readonly WaitingAlert[], situation: Situation): Decision {
  const { now, timeZone, settings } = situation;
  const { dropped, wanted } = sortOut(waiting, situation);
  if (isQuiet(now, timeZone, settings)) return { dropped, messages: [] };
  const room = { left: Math.max(0, settings.perDay - situation.memory.shownToday) };
  const byKind = groupBy(wanted, ({ kind }) => kind);
  const messages = alertKinds.flatMap((kind) => messageOf(kind, byKind.get(kind) ?? [], room, now));
  return { dropped, messages };
}

type Sorted = { dropped: { alert: WaitingAlert; why: Dropped }[]; wanted: WaitingAlert[] };

/** In the order of happening: of two of the same member and reason the second is a repetition. */
function sortOut(waiting: readonly WaitingAlert[], { now, settings, memory }: Situation): Sorted {
  const until = <T extends { until: Instant }>(entries: readonly T[]) => entries.filter((entry) => entry.until > now);
  const snoozed = new Set(until(memory.snoozed).map(({ memberId }) => memberId));
  const muted = new Set(until(memory.muted).map(({ kind }) => kind));
  const dismissed = new Set(until(memory.dismissed).map(dismissalOf));
  const told = new Set(memory.told.filter(({ at }) => at > now - coolDownMs).map(reasonOf));
  const sorted: Sorted = { dropped: [], wanted: [] };
  const inOrder = waiting.toSorted((a, b) => a.at - b.at || (a.subject < b.subject ? -1 : 1));
  for (const alert of inOrder) {
    const checks: [Dropped, boolean][] = [
      ['settled', alert.settled],
      ['small', alert.amountMinor !== null && alert.amountMinor < settings.minimumMinor],
      ['muted', muted.has(alert.kind)],
      ['dismissed', dismissed.has(dismissalOf(alert))],
      ['repeated', told.has(reasonOf(alert))],
    ];
    const why = checks.find(([, applies]) => applies)?.[0];
    if (why !== undefined) sorted.dropped.push({ alert, why });
    else if (!snoozed.has(alert.memberId)) {
      told.add(reasonOf(alert));
      sorted.wanted.push(alert);
    }
  }
  return sorted;
}

function reasonOf({ memberId, kind, reason }: Reason): string {
  return JSON.stringify([memberId, kind, reason]);
}

/** Each dispute has its own time to answer; anything else is no risk whatever the reason. */
function dismissalOf({ memberId, kind, reason }: Reason): string {
  return JSON.stringify([memberId, kind, kind === 'dispute' ? reason : '']);
}

/** None while a burst may still go on, or once the day has shown enough: then they wait for the next day. */
function messageOf(
  kind: AlertKind,
  alerts: readonly WaitingAlert[],
  room: { left: number },
  now: Instant,
): AlertMessage[] {
  const found = alerts.map(({ foundAt }) => foundAt);
  const [first, last] = [Math.min(...found), Math.max(...found)];
  const gathers = last > now - settleMs && first > now - mostGatheringMs;
  const count = Math.min(alerts.length, mostShown, room.left);
  if (gathers || count === 0) return [];
  room.left -= count;
  return [{ kind, shown: alerts.slice(0, count), counted: alerts.slice(count) }];
}
