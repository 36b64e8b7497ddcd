import type { LinkSuggestions } from '../reports/link-suggestions.ts';
import { formatCount } from './format.ts';
import { whopUserText } from './link-text.ts';
import { outsideName } from './outside-name.ts';

/** Each takes a line, of names as long as they come, and a button. */
export const mostSuggestions = 10;

/** Whom staff may want to link, numbered as the buttons below are. */
export function linkSuggestionsText({ asked, suggestions }: LinkSuggestions): string {
  if (asked === 0) return 'Nobody who is here and was active in the last 30 days is still to be linked.';
  const people = asked === 1 ? 'the one person' : `the ${formatCount(asked)} most active people`;
  const of = `${people} of the last 30 days whom nobody has linked`;
  if (suggestions.length === 0) return `Nobody on Whop has the name of one of ${of}.`;
  const lines = suggestions.slice(0, mostSuggestions).map(({ discordUserId, name, user }, index) => {
    return `${index + 1}. <@${discordUserId}> and ${whopUserText(user)} on Whop are both called ${outsideName(name, 40)}.`;
  });
  const others = suggestions.length - lines.length;
  return [
    ...lines,
    ...(others > 0 ? [`${formatCount(others)} more are shown once these are linked.`] : []),
    '',
    `These are called the same, among ${of}. A name proves nothing: anybody can take any. Link whom you know, and of several with one name at most one.`,
  ].join('\n');
}
