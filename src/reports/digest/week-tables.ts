import { type DigestKey, type DigestValues, digestKeys, digestKinds, eachFigure } from '../../domain/digest.ts';
import { type Judgement, judgeCourse } from '../../domain/insights.ts';
import { digestNames } from '../figure-names.ts';
import type { Table } from '../report.ts';
import type { Week } from './weeks.ts';

const figureColumns = digestKeys.map((key) => ({ key, ...digestNames[key] }));

/** The six figures week by week, the newest first; null where nothing can have been known of the whole week. */
export function weekTable(weeks: readonly Week[]): Table {
  return {
    key: 'weeks',
    title: 'Week by week',
    columns: [{ key: 'week', label: 'Week of', unit: 'day' }, ...figureColumns],
    rows: weeks
      .filter(({ known }) => known.books || known.activity)
      .toReversed()
      .map((week) => ({ week: week.day, ...eachFigure((key) => valueIn(week, key)) })),
  };
}

function valueIn({ figures, known }: Week, key: DigestKey): number | null {
  const isKnown = key === 'active_members' ? known.activity : known.books;
  return isKnown ? figures[key].value : null;
}

export type Judgements = Record<DigestKey, Judgement | null>;

/** Each figure's last week beside the weeks before it. */
export function judgeWeeks(weeks: readonly Week[]): Judgements {
  return eachFigure((key) =>
    judgeCourse(
      weeks.map((week) => valueIn(week, key)),
      digestKinds[key],
    ),
  );
}

/** Which figures can be judged, and how they are. */
export function judgementTable(judgements: Judgements): Table {
  return {
    key: 'judgements',
    title: 'Unusual or not',
    columns: [
      { key: 'figure', label: 'Key', unit: 'text' },
      { key: 'label', label: 'Figure', unit: 'text' },
      { key: 'verdict', label: 'It is', unit: 'text' },
      { key: 'weeks', label: 'Weeks before', unit: 'count' },
    ],
    rows: digestKeys.flatMap((key) => {
      const judgement = judgements[key];
      if (judgement === null) return [];
      return [{ figure: key, label: digestNames[key].label, verdict: judgement.verdict, weeks: judgement.weeks }];
    }),
  };
}

const limitRows = ['judged', 'lower', 'upper'] as const;

/** What is judged, and between which limits it is normal. */
export function limitTable(judgements: Judgements): Table {
  return {
    key: 'limits',
    title: 'Normal limits',
    columns: [{ key: 'limit', label: 'Limit', unit: 'text' }, ...figureColumns],
    rows: digestKeys.some((key) => judgements[key] !== null)
      ? limitRows.map((limit) => ({ limit, ...eachFigure((key) => rounded(key, judgements[key]?.[limit] ?? null)) }))
      : [],
  };
}

/** Money is in whole minor units; limits lie between them. */
function rounded(key: DigestKey, value: number | null): number | null {
  return value === null || digestNames[key].unit !== 'money' ? value : Math.round(value);
}

/** What the digest of the week before said, and what that is now, of those figures that are something else. */
export function restatedTable(restated: { said: DigestValues; now: DigestValues } | null): Table {
  return {
    key: 'restated',
    title: 'Restated figures of the week before',
    columns: [{ key: 'version', label: 'Version', unit: 'text' }, ...figureColumns],
    rows:
      restated === null
        ? []
        : [
            { version: 'told', ...restated.said },
            { version: 'now', ...restated.now },
          ],
  };
}
