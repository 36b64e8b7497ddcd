import { count, type Figure } from '../findings.ts';
import { loadCompany } from '../history/load-company.ts';
import type { Part } from '../part.ts';
import { median, ratio } from '../statistics.ts';
import { bareContender, ourContender, ourHttpContender, usualContender, usualHttpContender } from './contenders.ts';
import { createDeliveries } from './deliveries.ts';
import type { Member } from './member.ts';
import { type Entrant, takeTurns } from './take-turns.ts';

type Name = 'bare' | 'ours' | 'usual' | 'ours, HTTP' | 'usual, HTTP';

/** How many deliveries a second ours takes in, beside the least and the usual way of doing it. */
export const ingestPart: Part = async ({ database, sizes, log, say }) => {
  const { customers, senders } = sizes.ingest;
  say(`ingest: loading two companies of ${count(customers)} customers`);
  const ours = await loadMembers(database.pool, 'biz_benchOurs', customers);
  const usual = await loadMembers(database.pool, 'biz_benchUsual', customers);
  const bareDeliveries = createDeliveries('biz_benchBare', [...ours.members]);
  const entrants: [Name, Entrant][] = [
    ['bare', { contender: bareContender(database), deliveries: bareDeliveries }],
    ['ours', { contender: ourContender(database, log), deliveries: ours.deliveries }],
    ['usual', { contender: usualContender(database), deliveries: usual.deliveries }],
    ['ours, HTTP', { contender: await ourHttpContender(database, log), deliveries: ours.deliveries }],
    ['usual, HTTP', { contender: await usualHttpContender(database), deliveries: usual.deliveries }],
  ];
  try {
    const rounds = await takeTurns(entrants, sizes.ingest, (rates) => say(`ingest: ${ratesText(rates)}`));
    return { part: 'ingest', figures: figuresOf(rounds), observed: observed(rounds, { customers, senders }) };
  } finally {
    for (const [, { contender }] of entrants) await contender.stop();
  }
};

async function loadMembers(pool: Parameters<typeof loadCompany>[0], companyId: string, customers: number) {
  const members: Member[] = [];
  await loadCompany(pool, {
    companyId,
    customers,
    onCustomer: ({ person, current }) => {
      if (current !== null) members.push({ person, ...current });
    },
  });
  return { members, deliveries: createDeliveries(companyId, members) };
}

type Round = ReadonlyMap<Name, number>;

function figuresOf(rounds: readonly Round[]): Figure[] {
  const compare = (name: Name, other: Name): Pick<Figure, 'measured' | 'range' | 'unit'> => {
    const ratios = rounds.flatMap((round) => ratio(round.get(name) ?? null, round.get(other) ?? null) ?? []);
    return {
      measured: median(ratios),
      range: { least: Math.min(...ratios), most: Math.max(...ratios) },
      unit: 'ratio',
    };
  };
  return [
    {
      name: 'ours / bare insert',
      ...compare('ours', 'bare'),
      target: { atLeast: 0.35 },
      means:
        'Signed bytes verified, read, merged into facts and committed, against one insert of the same payload into the ' +
        'inbox and nothing else, one transaction each, through the same pool.',
    },
    {
      name: 'ours / usual, over HTTP',
      ...compare('ours, HTTP', 'usual, HTTP'),
      target: { atLeast: 6 },
      means:
        'The app as it listens in production, against a route of Express that verifies, parses and upserts with Prisma in ' +
        'one interactive transaction.',
    },
    {
      name: 'ours / usual, without HTTP',
      ...compare('ours', 'usual'),
      target: null,
      means: 'The same two, called with the bytes.',
    },
  ];
}

function observed(rounds: readonly Round[], { customers, senders }: { customers: number; senders: number }): string[] {
  const names = [...new Set(rounds.flatMap((round) => [...round.keys()]))];
  const rates = names.map((name) => [name, median(rounds.flatMap((round) => round.get(name) ?? [])) ?? 0]);
  return [
    `${senders} senders, ${rounds.length} rounds, companies of ${count(customers)} customers`,
    `deliveries a second, median: ${ratesText(Object.fromEntries(rates))}`,
  ];
}

function ratesText(rates: Readonly<Record<string, number>>): string {
  return Object.entries(rates)
    .map(([name, rate]) => `${name} ${count(rate)}`)
    .join(' · ');
}
