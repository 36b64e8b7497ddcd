type BucketName = 'day' | 'week' | 'month';

/** Days beside each other that are drawn as one bar. */
export type DayBuckets = {
  name: BucketName;
  /** Of each day, in order: the bucket it belongs to. */
  bucketOf: Map<string, number>;
  /** Of each bucket: the index of its middle day. */
  middles: number[];
  /** In days, so that also beside one that is cut short none covers another. */
  barWidth: number;
};

/** So many that bars stay readable: days of up to 60, weeks up to the last day of half a year, else calendar months. */
export function dayBuckets(days: string[]): DayBuckets {
  const name = days.length <= 60 ? 'day' : days.length <= 186 ? 'week' : 'month';
  const keys = days.map((day, index) => bucketKeys[name](day, days.length - 1 - index));
  const starts = keys.flatMap((key, index) => (key === keys[index - 1] ? [] : [index]));
  const ends = [...starts.slice(1), days.length];
  const bounds = starts.map((start, index) => ({ start, end: ends[index] ?? start }));
  const bucketOf = new Map(
    bounds.flatMap(({ start, end }, index) => days.slice(start, end).map((day) => [day, index])),
  );
  const middles = bounds.map(({ start, end }) => Math.floor((start + end - 1) / 2));
  return { name, bucketOf, middles, barWidth: 0.8 * Math.max(1, narrowestGap(middles)) };
}

function narrowestGap(middles: number[]): number {
  const gaps = middles.slice(1).map((middle, index) => middle - (middles[index] ?? 0));
  return gaps.length > 0 ? Math.min(...gaps) : 1;
}

const bucketKeys: Readonly<Record<BucketName, (day: string, daysToLast: number) => string>> = {
  day: (day) => day,
  // Seven days each, counted back from the last one: no week is cut where the newest figures are.
  week: (_day, daysToLast) => String(Math.floor(daysToLast / 7)),
  month: (day) => day.slice(0, 7),
};

/** Of each day what is drawn there: a bucket's sum on its middle day, and nothing of 0. */
export function onMiddleDays(sums: number[], { bucketOf, middles }: DayBuckets): (number | null)[] {
  const byDay = Array.from<number | null>({ length: bucketOf.size }).fill(null);
  for (const [bucket, sum] of sums.entries()) byDay[middles[bucket] ?? 0] = sum === 0 ? null : sum;
  return byDay;
}
