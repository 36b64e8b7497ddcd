/**
 * How every chart looks: a dark card of its own, so that it reads the same on Discord's dark and light theme.
 * Text has at least 7:1 contrast on the card, lines and bars at least 6:1, and no two series are told apart by colour
 * alone: stacked ones keep the order of the legend and differ in lightness.
 */
export const theme = {
  background: '#232428',
  text: '#f2f3f5',
  muted: '#b9bec7',
  grid: '#3a3d45',
  line: '#9db4ff',
  lineFill: '#9db4ff2e',
  bandFill: '#9db4ff66',
  people: '#ffd27a',
  peopleFill: '#ffd27a2e',
  movements: {
    new: '#41cfa0',
    reactivation: '#8fdcff',
    expansion: '#d6f29a',
    contraction: '#ffd9a8',
    churn: '#ff9a8f',
  },
  /** From none to all, and the text on it: light on the darker cells, dark on the lighter ones, at least 4.5:1. */
  heat: { cold: '#2e3140', hot: '#b4c5ff', light: '#ffffff', dark: '#000000', darkTextFrom: 0.455 },
} as const;

/** A phone shows the picture about 350 px wide: at this width the smallest text is still 9 px there. */
export const chartSize = { width: 640, height: 440, pixelRatio: 2 } as const;

/** Families for whoever draws: the first two are shipped, a chart server takes what it has. */
export const fontFamily = 'Inter, Twemoji, sans-serif';

const fontSize = { title: 25, subtitle: 17, legend: 17, tick: 17 } as const;

/** Titles and legends don't inherit a chart's family, so every font names it. */
export function font(use: keyof typeof fontSize) {
  return { family: fontFamily, size: fontSize[use], weight: use === 'title' ? 600 : 400 } as const;
}
