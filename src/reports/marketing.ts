import { affiliateRows } from '../domain/marketing/affiliates.ts';
import { countOf } from '../domain/sums.ts';
import { readAffiliates } from '../store/affiliates.ts';
import { readOptedOut } from '../store/opted-out.ts';
import { readEverything } from '../store/stretch-sums.ts';
import { answer, type Frame } from './frame.ts';
import { marketingNotes } from './marketing-notes.ts';
import { loadSales } from './marketing-sales.ts';
import { acquisitionTable, affiliateTable, promoCodeTable, trackingLinkTable } from './marketing-tables.ts';
import { unknownTermNote } from './notes.ts';
import type { ReportMaker } from './question.ts';

/** What promo codes and affiliates bring, and how customers come. The table of affiliates names them. */
export const marketingReport: ReportMaker = (question, sources) =>
  answer('marketing', question, sources, async (frame) => {
    const [sales, affiliates, everything] = await Promise.all([
      loadSales(frame),
      loadAffiliates(frame),
      readEverything(frame.client, frame.asked),
    ]);
    return {
      figures: [],
      tables: [
        promoCodeTable(sales.promoCodes.sums, sales.codes),
        affiliateTable(affiliates),
        trackingLinkTable(),
        acquisitionTable(sales.acquisition),
      ],
      series: [],
      notes: [
        ...unknownTermNote(countOf(everything, 'payments_of_unknown_term')),
        ...marketingNotes(sales, affiliates, frame),
      ],
    };
  });

/** None of a question for one plan alone: Whop sums them over all. */
async function loadAffiliates({ client, question: { companyId, planId } }: Frame) {
  if (planId !== undefined) return [];
  const [all, optedOut] = await Promise.all([readAffiliates(client, companyId), readOptedOut(client, companyId)]);
  return affiliateRows(all, optedOut);
}
