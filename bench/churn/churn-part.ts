import { z } from 'zod';
import { count, type Figure } from '../findings.ts';
import { askProcess } from '../other-process.ts';
import type { Part } from '../part.ts';
import { ratio } from '../statistics.ts';

const resultShape = z.object({
  rows: z.number(),
  risks: z.number(),
  fitMs: z.number(),
  scoreMs: z.number(),
  longestBlockMs: z.number(),
  idleBlockMs: z.number(),
  grownBytes: z.number(),
});
type Measured = z.infer<typeof resultShape>;

/** What it costs to learn who leaves and to score everybody, and whether the bot can answer meanwhile. */
export const churnPart: Part = async ({ sizes, say }) => {
  const measure = async (order: { members: number; scored: number }): Promise<Measured> => {
    say(`churn: fitting on ${count(order.members)} members, scoring ${count(order.scored)}`);
    return resultShape.parse(await askProcess(new URL('churn-once.ts', import.meta.url), order));
  };
  const small = await measure(sizes.churn.small);
  const big = await measure(sizes.churn.big);
  return { part: 'churn', figures: figuresOf(small, big), observed: [small, big].map(observed) };
};

function figuresOf(small: Measured, big: Measured): Figure[] {
  return [
    {
      name: 'churn, fit, time a row, big / small',
      measured: ratio(big.fitMs / big.rows, small.fitMs / small.rows),
      unit: 'ratio',
      target: { atMost: 1.2 },
      means: 'Whether ten times the rows (one member in one week) take ten times as long to fit on (1), or longer.',
    },
    {
      name: 'churn, score, time a member, big / small',
      measured: ratio(big.scoreMs / big.risks, small.scoreMs / small.risks),
      unit: 'ratio',
      target: { atMost: 1.2 },
      means: 'The same of scoring ten times the members.',
    },
    {
      name: 'churn, longest block',
      measured: big.longestBlockMs,
      unit: 'ms',
      target: { atMost: 50 },
      means: 'The longest time for which the event loop of the process stood still, while the thread beside it worked.',
    },
  ];
}

function observed({ rows, risks, fitMs, scoreMs, grownBytes, ...block }: Measured): string {
  const grown = (grownBytes / 2 ** 20).toFixed(1);
  return (
    `fitted on ${count(rows)} member-weeks in ${(fitMs / 1000).toFixed(1)} s, ` +
    `scored ${count(risks)} members in ${(scoreMs / 1000).toFixed(1)} s, grown by ${grown} MiB; ` +
    `longest block ${block.longestBlockMs.toFixed(1)} ms, of an idle thread beside it ${block.idleBlockMs.toFixed(1)} ms`
  );
}
