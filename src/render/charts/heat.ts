import { theme } from './theme.ts';

type Cell = { cell: string; text: string };

/** How a share of 0–1 is coloured, from the card's own darkness to the line's light, and what is read on it. */
export function heat(share: number | null): Cell {
  if (share === null) return { cell: theme.background, text: theme.muted };
  const { cold, hot } = theme.heat;
  const channels = [1, 3, 5].map((at) => {
    const [low, high] = [channel(cold, at), channel(hot, at)];
    return Math.round(low + share * (high - low))
      .toString(16)
      .padStart(2, '0');
  });
  return { cell: `#${channels.join('')}`, text: share < theme.heat.darkTextFrom ? theme.heat.light : theme.heat.dark };
}

function channel(color: string, at: number): number {
  return Number.parseInt(color.slice(at, at + 2), 16);
}
