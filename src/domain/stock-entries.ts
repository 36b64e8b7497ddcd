import type { Instant } from './facts.ts';
import { firstPaidBefore } from './late-entry.ts';
import { type Amounts, keysOf, type Stock } from './measures.ts';
import type { MembershipRecord, MembershipStep } from './membership-record.ts';
import { type OnSpan, wasPastDue } from './membership-spans.ts';
import { scaleMinor } from './money.ts';
import { payingSpans, presence } from './presence.ts';
import { paymentsPerMonth, recurs } from './pricing.ts';
import { type Scope, scopeOf, wholeCompany } from './scope.ts';
import { type MrrTimeline, statesOn, totalOf } from './timeline.ts';

/** How one customer changed what stands in one scope. */
export type StockEntry = {
  scope: Scope;
  /** '' for what counts people, whatever they pay in. */
  currency: string;
  at: Instant;
  amounts: Amounts<Stock>;
  /** Of a fall of MRR to zero: whether the customer was left without a working payment, rather than wanting to leave. */
  involuntary: boolean;
  /** Of a beginning to pay: since when it had been so in truth, where it began before anybody told us. */
  paidSince: Instant | null;
};

/** Everything that one customer has standing: of each scope and currency the changes, oldest first. */
export function stockEntries(records: readonly MembershipRecord[], timeline: MrrTimeline): StockEntry[] {
  const changes: Changes = new Map();
  addMoney(changes, { scope: wholeCompany, records, timeline });
  addPeople(changes, wholeCompany, presence(records));
  for (const planId of plansOf(records, timeline)) {
    const scope = scopeOf('plan', planId);
    const own = records.filter((record) => record.planId === planId);
    addMoney(changes, { scope, records: own, timeline: statesOn(timeline, planId) });
    addPeople(changes, scope, presence(own));
  }
  for (const productId of new Set(records.map(({ membership }) => membership.productId))) {
    if (productId === null) continue;
    const own = records.filter(({ membership }) => membership.productId === productId);
    addPeople(changes, scopeOf('product', productId), presence(own));
  }
  for (const record of records) addStates(changes, record);
  return entriesOf(changes);
}

function plansOf(records: readonly MembershipRecord[], timeline: MrrTimeline): Set<string | null> {
  const plans = new Set(records.map(({ planId }) => planId));
  for (const states of timeline.values()) {
    for (const { byPlan } of states) for (const planId of byPlan.keys()) plans.add(planId);
  }
  return plans;
}

type Growing = Omit<StockEntry, 'amounts'> & { amounts: Partial<Record<Stock, number>> };

/** What changes in one scope and currency, by instant. */
type Place = { scope: Scope; currency: string; entries: Map<Instant, Growing> };

/** Places by scope and currency. */
type Changes = Map<string, Place>;

function placeAt(changes: Changes, scope: Scope, currency: string): Place {
  const key = `${scope}\0${currency}`;
  const known = changes.get(key);
  if (known !== undefined) return known;
  const place: Place = { scope, currency, entries: new Map() };
  changes.set(key, place);
  return place;
}

/** Changes of one place at one instant are one. */
function entryAt({ scope, currency, entries }: Place, at: Instant): Growing {
  const known = entries.get(at);
  if (known !== undefined) return known;
  const entry: Growing = { scope, currency, at, amounts: {}, involuntary: false, paidSince: null };
  entries.set(at, entry);
  return entry;
}

function add({ amounts }: Growing, stock: Stock, amount: number): void {
  amounts[stock] = (amounts[stock] ?? 0) + amount;
}

function entriesOf(changes: Changes): StockEntry[] {
  const entries: StockEntry[] = [];
  for (const place of [...changes.values()].sort(inOrder)) {
    entries.push(...[...place.entries.values()].filter(hasAmounts).sort((a, b) => a.at - b.at));
  }
  return entries;
}

/** Drops what has cancelled out. */
function hasAmounts({ amounts }: Growing): boolean {
  let some = false;
  for (const stock of keysOf(amounts)) {
    if (amounts[stock] === 0) delete amounts[stock];
    else some = true;
  }
  return some;
}

function inOrder(a: Place, b: Place): number {
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  return a.currency < b.currency ? -1 : 1;
}

type Paying = { scope: Scope; records: readonly MembershipRecord[]; timeline: MrrTimeline };

function addMoney(changes: Changes, { scope, records, timeline }: Paying): void {
  for (const [currency, states] of timeline) {
    const place = placeAt(changes, scope, currency);
    let before = 0;
    for (const state of states) {
      const after = totalOf(state);
      const entry = entryAt(place, state.at);
      add(entry, 'mrr', after - before);
      add(entry, 'paying_customers', Math.sign(after) - Math.sign(before));
      if (after === 0 && before > 0) entry.involuntary = isInvoluntary(records, state.at);
      before = after;
    }
  }
  const paying = payingSpans(timeline);
  addSpans(changes, { scope, spans: paying, stock: 'paying_customers' });
  const first = paying[0]?.start;
  if (first !== undefined) entryAt(placeAt(changes, scope, ''), first).paidSince = firstPaidBefore(records, first);
}

function addPeople(changes: Changes, scope: Scope, spans: readonly OnSpan[]): void {
  addSpans(changes, { scope, spans, stock: 'members' });
}

type Standing = { scope: Scope; spans: readonly OnSpan[]; stock: Stock; currency?: string; amount?: number };

function addSpans(changes: Changes, { scope, spans, stock, currency = '', amount = 1 }: Standing): void {
  const place = placeAt(changes, scope, currency);
  for (const { start, end } of spans) {
    add(entryAt(place, start), stock, amount);
    if (end !== Number.POSITIVE_INFINITY) add(entryAt(place, end), stock, -amount);
  }
}

/** The membership that ended last decides: it was past due, or its last payment had failed. */
function isInvoluntary(records: readonly MembershipRecord[], at: Instant): boolean {
  let last: { record: MembershipRecord; end: Instant } | null = null;
  for (const record of records) {
    for (const { end } of record.spans) if (end <= at && end >= (last?.end ?? end)) last = { record, end };
  }
  return last !== null && wasPastDue(last.record, last.end);
}

/** What follows from how a membership is just now, in the whole company and on the plan that it is of. */
function addStates(changes: Changes, record: MembershipRecord): void {
  const { membership, plan, planId, spans } = record;
  for (const scope of [wholeCompany, scopeOf('plan', planId)]) {
    if (recurs(plan)) addSpans(changes, { scope, spans, stock: 'active_subscriptions' });
    if (membership.status === 'trialing') addTrial(changes, record, scope);
  }
  if (membership.cancelAtPeriodEnd !== true) addSteps(changes, record, 'committed_mrr');
  if (membership.status === 'past_due') addSteps(changes, record, 'mrr_past_due');
}

/** What the trial will cost a month once it is paid. */
function addTrial(changes: Changes, { plan, spans }: MembershipRecord, scope: Scope): void {
  if (!recurs(plan) || plan.currency === null || plan.renewalPriceMinor === null) return;
  const amount = scaleMinor(plan.renewalPriceMinor, paymentsPerMonth(plan.billingPeriodDays));
  if (amount !== 0) addSpans(changes, { scope, spans, stock: 'trial_mrr', currency: plan.currency, amount });
}

/** The membership's own MRR, in the company and on the plan of each price. */
function addSteps(changes: Changes, { steps }: MembershipRecord, stock: Stock): void {
  const standing = new Map<string, MembershipStep>();
  for (const step of steps) {
    const { at, currency, planId, amountMinor } = step;
    const before = standing.get(currency);
    standing.set(currency, step);
    const addOn = (scope: Scope, amount: number) => add(entryAt(placeAt(changes, scope, currency), at), stock, amount);
    addOn(wholeCompany, amountMinor - (before?.amountMinor ?? 0));
    addOn(scopeOf('plan', planId), amountMinor);
    if (before !== undefined) addOn(scopeOf('plan', before.planId), -before.amountMinor);
  }
}
