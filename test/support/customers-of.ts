import type {
  Company,
  Dispute,
  Membership,
  MembershipChange,
  Payment,
  Plan,
  Product,
  Refund,
  StatusSighting,
} from '../../src/domain/facts.ts';
import { groupBy } from '../../src/domain/group-by.ts';
import type { CustomerFacts } from '../../src/domain/membership-record.ts';

/** All facts about money of one company. */
export type CompanyFacts = {
  company: Company | undefined;
  products: readonly Product[];
  plans: readonly Plan[];
  memberships: readonly Membership[];
  changes: readonly MembershipChange[];
  sightings: readonly StatusSighting[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
};

/**
 * The facts of each customer. A payment belongs to whoever has its membership; where nobody is named, a membership or a
 * payment is a customer of its own.
 */
export function customersOf(facts: CompanyFacts): Map<string, CustomerFacts> {
  const ownerOfMembership = membershipOwners(facts);
  const ownerOf = (membershipId: string | null, userId: string | null, id: string) =>
    ownerOfMembership.get(membershipId ?? '') ?? userId ?? membershipId ?? id;
  const ownerOfPayment = new Map(facts.payments.map((p) => [p.id, ownerOf(p.membershipId, p.userId, p.id)]));
  const ofPayment = (fact: Refund | Dispute) => ownerOfPayment.get(fact.paymentId ?? '') ?? fact.id;

  const memberships = groupBy(facts.memberships, (m) => ownerOf(m.id, m.userId, m.id));
  const changes = groupBy(facts.changes, (change) => ownerOf(change.membershipId, null, ''));
  const sightings = groupBy(facts.sightings, (sighting) => ownerOf(sighting.membershipId, null, ''));
  const payments = groupBy(facts.payments, (payment) => ownerOfPayment.get(payment.id) ?? payment.id);
  const refunds = groupBy(facts.refunds, ofPayment);
  const disputes = groupBy(facts.disputes, ofPayment);
  const owners = new Set([memberships, payments, refunds, disputes].flatMap((group) => [...group.keys()]));
  return new Map(
    [...owners].map((owner) => [
      owner,
      {
        memberships: memberships.get(owner) ?? [],
        changes: changes.get(owner) ?? [],
        sightings: sightings.get(owner) ?? [],
        payments: payments.get(owner) ?? [],
        refunds: refunds.get(owner) ?? [],
        disputes: disputes.get(owner) ?? [],
      },
    ]),
  );
}

function membershipOwners({ memberships, payments }: CompanyFacts): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { id, userId } of memberships) if (userId !== null) owners.set(id, userId);
  for (const { membershipId, userId } of payments) {
    if (membershipId !== null && userId !== null && !owners.has(membershipId)) owners.set(membershipId, userId);
  }
  return owners;
}
