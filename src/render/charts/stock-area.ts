import type { Datasets } from './chart-config.ts';
import { theme } from './theme.ts';

type Stock = { label: string; values: number[]; axis: string; look: 'money' | 'people' };

const looks = {
  money: { borderColor: theme.line, pointBackgroundColor: theme.line, backgroundColor: theme.lineFill },
  people: { borderColor: theme.people, pointBackgroundColor: theme.people, backgroundColor: theme.peopleFill },
} as const;

/** What there is at each day's end: a line over a filled area from zero, with points where the days are few. */
export function stockArea({ label, values, axis, look }: Stock): Datasets[number] {
  return {
    ...looks[look],
    type: 'line',
    label,
    yAxisID: axis,
    data: values,
    borderWidth: 3,
    borderJoinStyle: 'round',
    fill: 'origin',
    clip: 8,
    pointRadius: values.length <= 14 ? 4 : 0,
  };
}
