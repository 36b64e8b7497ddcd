import type { AlertSums } from '../../store/alerts/alert-sums.ts';
import type { Table } from '../report.ts';

/** What staff was told of, and what came of it; no row where it was told nothing. */
export function alertTable(sums: AlertSums): Table {
  return {
    key: 'alerts',
    title: 'Alerts',
    columns: [
      { key: 'told', label: 'Told', unit: 'count' },
      { key: 'contacted', label: 'Contacted', unit: 'count' },
      { key: 'stayed', label: 'Stayed', unit: 'count' },
      { key: 'left_after', label: 'Left', unit: 'count' },
    ],
    rows:
      sums.told === 0
        ? []
        : [{ told: sums.told, contacted: sums.contacted, stayed: sums.stayed, left_after: sums.left }],
  };
}
