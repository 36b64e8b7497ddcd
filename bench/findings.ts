/** One figure of a run. Ratios compare two things of the same run, since machines differ and have moods. */
export type Figure = {
  name: string;
  /** Null where it couldn't be measured. */
  measured: number | null;
  /** The least and the most of the rounds that `measured` is the median of. */
  range?: { least: number; most: number };
  unit: 'ratio' | 'ms';
  target: { atLeast: number } | { atMost: number } | null;
  /** What it says, in a sentence or two. */
  means: string;
};

/** What one part of a run has measured. */
export type Findings = {
  part: string;
  figures: Figure[];
  /** What the ratios are made of, and how much there was: true of this machine alone. */
  observed: string[];
};

function isMet({ measured, target }: Figure): boolean | null {
  if (target === null || measured === null) return null;
  return 'atLeast' in target ? measured >= target.atLeast : measured <= target.atMost;
}

export function measuredText({ measured, range, unit }: Figure): string {
  if (measured === null) return 'n/a';
  const spread = range === undefined ? '' : ` (${number(range.least)}–${number(range.most)})`;
  return `${number(measured)}${unit === 'ms' ? ' ms' : ''}${spread}`;
}

export function targetText({ target, unit }: Figure): string {
  if (target === null) return '';
  const suffix = unit === 'ms' ? ' ms' : '';
  return 'atLeast' in target ? `≥ ${target.atLeast}${suffix}` : `≤ ${target.atMost}${suffix}`;
}

export function verdictText(figure: Figure): string {
  const met = isMet(figure);
  if (met === null) return '';
  return met ? 'met' : 'missed';
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
