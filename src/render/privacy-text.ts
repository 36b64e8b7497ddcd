import type { WhatIsStored } from '../reports/privacy/what-is-stored.ts';
import { formatCount } from './format.ts';
import { ownLinkText } from './link-text.ts';

export const notConnectedText =
  'This server isn’t connected to a Whop company, so nothing about you is stored here: no messages are counted, and nobody is scored.';

/** To the person: what there is about them, and what they can do about it. */
export function storedText(stored: WhatIsStored): string {
  const { activities, activitiesSince, memberships, payments, scores, optedOutSince, link } = stored;
  return [
    ownLinkText(link),
    '',
    `• ${formatCount(activities)} activities${activitiesSince === null ? '' : ` since ${day(activitiesSince)}`}: when, where and of which kind, never a word of what you wrote`,
    `• ${formatCount(memberships)} memberships and ${formatCount(payments)} payments, as Whop tells them`,
    `• ${formatCount(scores)} weeks in which the chance that you leave was estimated, for this community’s staff`,
    ...(link === null
      ? ['• What Whop tells of you is stored as well, but nobody has said which account is yours.']
      : []),
    '',
    optedOutSince === null
      ? '`/privacy opt-out`: you are neither scored nor listed any more.'
      : `You have opted out since ${day(optedOutSince)}: you are neither scored nor listed.`,
    '`/privacy forget`: what names you or leads to you is removed.',
  ].join('\n');
}

export const optedOutText = [
  'Done: you are neither scored nor listed any more, and the scores there were are deleted. You count in sums of everybody alone.',
  'If you are on Whop, too, and aren’t linked yet, first say who you are there with `/link me`, and then opt out again.',
].join('\n');

export const askToForgetText = [
  'This removes your names, the link between your accounts, your scores, Whop’s deliveries that name you, and the ids of your accounts. It can’t be undone.',
  'What you paid and did stays in sums, of nobody in particular. You are neither scored nor listed any more. What Whop or Discord tells of you from now on is stored again.',
].join('\n');

export const forgottenText =
  'Done: what named you is removed. Memberships and payments keep an id without a name, which is neither scored nor listed.';

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
