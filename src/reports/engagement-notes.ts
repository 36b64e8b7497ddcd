import type { ActivityViews } from './activity-views.ts';

/** How many were active in the period, and how many of those are known on Whop. */
type Active = { active: number; known: number; hasDiscord: boolean };

/** What the figures leave out, and why. */
export function engagementNotes({ wholeDays }: Pick<ActivityViews, 'wholeDays'>, active: Active): string[] {
  return [...discordNote(active), ...knownNote(active), ...voiceNote(active), ...wholeDayNote(wholeDays)];
}

function discordNote({ hasDiscord }: Active): string[] {
  return hasDiscord ? [] : ['Nothing has been heard from Discord yet.'];
}

function knownNote({ active, known }: Active): string[] {
  if (active === 0) return [];
  const people = active === 1 ? '1 active person' : `${active} active people`;
  return [
    `Of ${people}, ${known} ${known === 1 ? 'is' : 'are'} known on Whop, by an account there or a link to it. Whoever is active in Discord alone and isn’t linked can’t be told to be a customer.`,
  ];
}

function voiceNote({ active }: Active): string[] {
  return active === 0 ? [] : ['Voice and stage sessions count once they have ended.'];
}

function wholeDayNote(days: readonly string[]): string[] {
  if (days.length === 0) return [];
  return [`Counted as a whole day, since what was done when on it isn’t kept any longer: ${days.join(', ')}.`];
}
