/** How much is measured, and for how long. */
export type Sizes = {
  ingest: { customers: number; senders: number; rounds: number; turnMs: number };
  report: { big: number; small: number; calls: number; warmUpCalls: number };
  rebuild: { big: number; small: number };
  /** `single`: how many are stored one by one; `history`: how many are in a batch of it. */
  activity: { people: number; batches: number; single: number; history: number; historyBatches: number };
  /** Messages from the gateway, the first of them before memory is looked at. */
  gateway: { people: number; first: number; all: number };
  churn: Record<'big' | 'small', { members: number; scored: number }>;
  engagement: { people: number; big: number; small: number; calls: number; warmUpCalls: number };
};

const full: Sizes = {
  ingest: { customers: 20_000, senders: 64, rounds: 5, turnMs: 4_000 },
  report: { big: 100_000, small: 1_000, calls: 1_000, warmUpCalls: 50 },
  rebuild: { big: 100_000, small: 10_000 },
  activity: { people: 5_000, batches: 200, single: 300, history: 20_000, historyBatches: 15 },
  gateway: { people: 20_000, first: 100_000, all: 1_000_000 },
  // Leavers on the way leave 100,000 member-weeks and 20,000 running memberships of these; and a tenth of both.
  churn: { big: { members: 2_510, scored: 33_400 }, small: { members: 251, scored: 3_340 } },
  engagement: { people: 20_000, big: 10_000_000, small: 100_000, calls: 200, warmUpCalls: 20 },
};

/** Enough to see that everything works, and nothing to measure by. */
const quick: Sizes = {
  ingest: { customers: 200, senders: 64, rounds: 1, turnMs: 300 },
  report: { big: 400, small: 40, calls: 5, warmUpCalls: 1 },
  rebuild: { big: 400, small: 40 },
  activity: { people: 500, batches: 5, single: 20, history: 2_000, historyBatches: 2 },
  gateway: { people: 200, first: 1_000, all: 5_000 },
  churn: { big: { members: 200, scored: 200 }, small: { members: 100, scored: 100 } },
  engagement: { people: 200, big: 5_000, small: 500, calls: 5, warmUpCalls: 1 },
};

/** @param scale how many of the customers and activities there are, 1 for all */
export function sizesOf(options: { quick: boolean; scale: number }): Sizes {
  const { ingest, report, rebuild, churn, activity, gateway, engagement } = options.quick ? quick : full;
  const scaled = (count: number) => Math.max(10, Math.round(count * options.scale));
  return {
    ingest: { ...ingest, customers: scaled(ingest.customers) },
    report: { ...report, big: scaled(report.big), small: scaled(report.small) },
    rebuild: { big: scaled(rebuild.big), small: scaled(rebuild.small) },
    activity: { ...activity, people: scaled(activity.people) },
    gateway: { people: scaled(gateway.people), first: scaled(gateway.first), all: scaled(gateway.all) },
    churn: {
      big: { members: scaled(churn.big.members), scored: scaled(churn.big.scored) },
      small: { members: scaled(churn.small.members), scored: scaled(churn.small.scored) },
    },
    engagement: {
      ...engagement,
      people: scaled(engagement.people),
      big: scaled(engagement.big),
      small: scaled(engagement.small),
    },
  };
}
