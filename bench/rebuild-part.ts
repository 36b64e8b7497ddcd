import { z } from 'zod';
import { count, type Figure } from './findings.ts';
import { type LoadedCompany, loadCompany } from './history/load-company.ts';
import { askProcess } from './other-process.ts';
import type { Part } from './part.ts';
import { ratio } from './statistics.ts';

const resultShape = z.object({ ms: z.number(), grownBytes: z.number() });
type Rebuilt = LoadedCompany & z.infer<typeof resultShape>;

/** How fast what reports read is made anew from the facts, and whether the memory for it grows with a company. */
export const rebuildPart: Part = async ({ database, sizes, say }) => {
  const rebuilt = async (companyId: string, customers: number): Promise<Rebuilt> => {
    say(`rebuild: loading a company of ${count(customers)} customers`);
    const company = await loadCompany(database.pool, { companyId, customers });
    say(`rebuild: ${count(company.payments)} payments`);
    return { ...company, ...(await rebuildApart(database.connectionString, companyId)) };
  };
  const small = await rebuilt('biz_benchSmall', sizes.rebuild.small);
  const big = await rebuilt('biz_benchBig', sizes.rebuild.big);
  return { part: 'rebuild', figures: figuresOf(small, big), observed: [small, big].map(observed) };
};

/** In a process of its own, as memory that a process once had it seldom gives back. */
async function rebuildApart(connectionString: string, companyId: string): Promise<z.infer<typeof resultShape>> {
  const module = new URL('rebuild-once.ts', import.meta.url);
  return resultShape.parse(await askProcess(module, { connectionString, companyId }));
}

function figuresOf(small: Rebuilt, big: Rebuilt): Figure[] {
  return [
    {
      name: 'rebuild, peak memory, big / small',
      measured: ratio(big.grownBytes, small.grownBytes),
      unit: 'ratio',
      target: { atMost: 1.2 },
      means: 'By how much the process grows while it rebuilds ten times the payments: it must not grow with them.',
    },
    {
      name: 'rebuild, payments a second, big / small',
      measured: ratio(perSecond(big), perSecond(small)),
      unit: 'ratio',
      target: null,
      means: 'Whether ten times the payments take ten times as long (1), or longer (less than 1).',
    },
  ];
}

function perSecond({ payments, ms }: Rebuilt): number {
  return (payments * 1000) / ms;
}

function observed(rebuilt: Rebuilt): string {
  const { payments, ms, grownBytes } = rebuilt;
  const grown = (grownBytes / 2 ** 20).toFixed(1);
  return `${count(payments)} payments in ${count(ms)} ms, ${count(perSecond(rebuilt))} a second, grown by ${grown} MiB`;
}
