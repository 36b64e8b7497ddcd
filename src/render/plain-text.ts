/** Controls that turn the direction of the text around them, and so can make one name look like another. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const controls = /\p{Cc}/gu;

/** One line of text without anything that a screen would obey rather than show. */
export function plainLine(text: string): string {
  return text.replace(directionControls, '').replace(controls, ' ').trimEnd();
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As many whole characters of a text as fit into a limit that Discord counts in UTF-16 units. */
export function fitText(text: string, maxLength: number): string {
  let fitting = '';
  for (const { segment } of characters.segment(text)) {
    if (fitting.length + segment.length > maxLength) break;
    fitting += segment;
  }
  return fitting;
}
