import type { LinkSource, Standing } from '../domain/account-link.ts';
import { outsideName } from './outside-name.ts';

type WhopUser = { id: string; username: string | null; name: string | null };

export function whopUserText({ id, username, name }: WhopUser): string {
  return username === null ? outsideName(name ?? id) : `@${outsideName(username)}`;
}

const saidBy: Readonly<Record<LinkSource, string>> = {
  self: 'you have confirmed it yourself',
  staff: 'the people who run this server say so',
  whop: 'your account on Whop names this one',
};

/** To the person: who they are on Whop, as far as somebody has said. */
export function ownLinkText(link: (WhopUser & { source: LinkSource }) | null): string {
  return link === null ? 'Nobody has linked you.' : `You are ${whopUserText(link)} on Whop: ${saidBy[link.source]}.`;
}

export function codeText(code: string): string {
  return [
    'Send this code from your own account, as a message in this community’s chat on Whop, within 15 minutes:',
    `## ${code}`,
    'From then on what you do here and there counts as one person’s. `/link me` shows whether it worked, `/link forget` undoes it.',
    'Never send a code that somebody else has given you: it would make them you.',
  ].join('\n');
}

const why: Readonly<Record<Standing['said'], Readonly<Record<LinkSource, string>>>> = {
  linked: {
    self: 'One of these two was linked by its owner, whose word counts more than yours. They can undo it with `/link forget`.',
    staff: 'Staff has linked one of these two, and staff’s word counts more.',
    whop: 'Whop says something else of one of these two.',
  },
  unlinked: {
    self: 'This person has unlinked themselves, so that only they can link themselves again, with `/link me`.',
    staff: 'Staff has unlinked this person.',
    whop: 'Whop has unlinked this person.',
  },
};

/** Why a word of less trust changes nothing. */
export function standingText({ said, source }: Standing): string {
  return why[said][source];
}
