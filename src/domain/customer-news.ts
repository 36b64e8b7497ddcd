import type {
  Dispute,
  Fact,
  FactKind,
  Membership,
  MembershipChange,
  Payment,
  Refund,
  StatusSighting,
} from './facts.ts';
import type { CustomerFacts } from './membership-record.ts';
import type { FactRow } from './merge.ts';

/** What was known before of things of which more is known now, by their ids; null where nothing was. */
type Before<F> = ReadonlyMap<string, F | null>;

/** What has become known of a company's customers. */
export type CustomerNews = {
  memberships: Before<Membership>;
  payments: Before<Payment>;
  refunds: Before<Refund>;
  disputes: Before<Dispute>;
  /** What happened and wasn't known to have happened, by `changeKey` and `sightingKey`. */
  changes: ReadonlySet<string>;
  sightings: ReadonlySet<string>;
};

export function changeKey({ membershipId, change, at }: MembershipChange): string {
  return `${membershipId} ${change} ${at}`;
}

export function sightingKey({ membershipId, status, at }: StatusSighting): string {
  return `${membershipId} ${status} ${at}`;
}

/** The facts of a customer without the news among them: those that came from somebody else can't be told apart. */
export function withoutNews(facts: CustomerFacts, news: CustomerNews): CustomerFacts {
  return {
    memberships: asBefore(facts.memberships, news.memberships),
    changes: facts.changes.filter((change) => !news.changes.has(changeKey(change))),
    sightings: facts.sightings.filter((sighting) => !news.sightings.has(sightingKey(sighting))),
    payments: asBefore(facts.payments, news.payments),
    refunds: asBefore(facts.refunds, news.refunds),
    disputes: asBefore(facts.disputes, news.disputes),
  };
}

function asBefore<F extends { id: string }>(facts: readonly F[], before: Before<F>): F[] {
  const known: F[] = [];
  for (const fact of facts) {
    const was = before.get(fact.id);
    if (was !== null) known.push(was ?? fact);
  }
  return known;
}

/** A row of a kind's table as a fact of that kind. */
export function factIn<K extends FactKind>(row: { id: string; values: FactRow['values'] }): Fact<K>;
export function factIn({ id, values }: { id: string; values: FactRow['values'] }): object {
  return { ...values, id };
}
