import type { Instant } from './facts.ts';
import { firstPaidBefore } from './late-entry.ts';
import { type Amounts, keysOf, type Stock } from './measures.ts';
import type { MembershipRecord } from './membership-record.ts';
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
  const changes = createChanges();
  addMoney(changes, { scope: wholeCompany, records, timeline });
  addPeople(changes, wholeCompany, presence(records));
  for (const planId of plansOf(records, timeline)) {
    const scope = scopeOf('plan', planId);
    const own = records.filter((record) => record.planId === planId);
    addMoney(changes, { scope, records: own, timeline: statesOn(timeline, planId) });
    addPeople(changes, scope, presence(own));
  }
  for (const productId of new Set(records.flatMap(({ membership }) => membership.productId ?? []))) {
    const own = records.filter(({ membership }) => membership.productId === productId);
    addPeople(changes, scopeOf('product', productId), presence(own));
  }
  for (const record of records) addStates(changes, record);
  return changes.entries();
}

function plansOf(records: readonly MembershipRecord[], timeline: MrrTimeline): Set<string | null> {
  const paid = [...timeline.values()].flatMap((states) => states.flatMap(({ byPlan }) => [...byPlan.keys()]));
  return new Set([...records.map(({ planId }) => planId), ...paid]);
}

type Place = { scope: Scope; currency: string; at: Instant };
type Marks = Partial<Pick<StockEntry, 'involuntary' | 'paidSince'>>;
type Changes = {
  add(place: Place, stock: Stock, amount: number): void;
  mark(place: Place, marks: Marks): void;
  entries(): StockEntry[];
};

type Growing = Omit<StockEntry, 'amounts'> & { amounts: Partial<Record<Stock, number>> };

/** Changes of one place are one. */
function createChanges(): Changes {
  const byPlace = new Map<string, Growing>();
  const entryAt = ({ scope, currency, at }: Place): Growing => {
    const key = `${scope}\0${currency}\0${at}`;
    const known = byPlace.get(key);
    if (known !== undefined) return known;
    const entry: Growing = { scope, currency, at, amounts: {}, involuntary: false, paidSince: null };
    byPlace.set(key, entry);
    return entry;
  };
  return {
    add(place, stock, amount) {
      const { amounts } = entryAt(place);
      amounts[stock] = (amounts[stock] ?? 0) + amount;
    },
    mark(place, marks) {
      Object.assign(entryAt(place), marks);
    },
    entries: () => [...byPlace.values()].filter(hasAmounts).sort(inOrder),
  };
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

function inOrder(a: StockEntry, b: StockEntry): number {
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return a.at - b.at;
}

type Paying = { scope: Scope; records: readonly MembershipRecord[]; timeline: MrrTimeline };

function addMoney(changes: Changes, { scope, records, timeline }: Paying): void {
  for (const [currency, states] of timeline) {
    let before = 0;
    for (const state of states) {
      const after = totalOf(state);
      const place = { scope, currency, at: state.at };
      changes.add(place, 'mrr', after - before);
      changes.add(place, 'paying_customers', Math.sign(after) - Math.sign(before));
      if (after === 0 && before > 0) changes.mark(place, { involuntary: isInvoluntary(records, state.at) });
      before = after;
    }
  }
  const paying = payingSpans(timeline);
  addSpans(changes, { scope, spans: paying, stock: 'paying_customers' });
  const first = paying[0]?.start;
  const paidSince = first === undefined ? null : firstPaidBefore(records, first);
  if (first !== undefined && paidSince !== null) changes.mark({ scope, currency: '', at: first }, { paidSince });
}

function addPeople(changes: Changes, scope: Scope, spans: readonly OnSpan[]): void {
  addSpans(changes, { scope, spans, stock: 'members' });
}

type Standing = { scope: Scope; spans: readonly OnSpan[]; stock: Stock; currency?: string; amount?: number };

function addSpans(changes: Changes, { scope, spans, stock, currency = '', amount = 1 }: Standing): void {
  for (const { start, end } of spans) {
    changes.add({ scope, currency, at: start }, stock, amount);
    if (end !== Number.POSITIVE_INFINITY) changes.add({ scope, currency, at: end }, stock, -amount);
  }
}

/** The membership that ended last decides: it was past due, or its last payment had failed. */
function isInvoluntary(records: readonly MembershipRecord[], at: Instant): boolean {
  const ended = records
    .flatMap((record) => record.spans.filter(({ end }) => end <= at).map(({ end }) => ({ record, end })))
    .toSorted((a, b) => a.end - b.end)
    .at(-1);
  return ended !== undefined && wasPastDue(ended.record, ended.end);
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
  for (const [i, { at, currency, planId, amountMinor }] of steps.entries()) {
    const before = steps.slice(0, i).findLast((step) => step.currency === currency);
    const change = (scope: Scope, amount: number) => changes.add({ scope, currency, at }, stock, amount);
    change(wholeCompany, amountMinor - (before?.amountMinor ?? 0));
    change(scopeOf('plan', planId), amountMinor);
    if (before !== undefined) change(scopeOf('plan', before.planId), -before.amountMinor);
  }
}
