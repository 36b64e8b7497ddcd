import type { Activity } from '../domain/activity.ts';
import type { Instant } from '../domain/facts.ts';
import { type Reader, ShapeError } from './reader.ts';

export type WhopActivityKind = Extract<Activity['kind'], 'message' | 'reaction' | 'forum_post' | 'lesson'>;

/** Every event that tells of something that somebody did, with dots for underscores. Forums send none by themselves. */
const kinds: Readonly<Record<string, WhopActivityKind>> = {
  'chat.message.created': 'message',
  'message.created': 'message',
  'chat.reaction.created': 'reaction',
  'reaction.created': 'reaction',
  'forum.post.created': 'forum_post',
  'course.lesson.interaction.completed': 'lesson',
};

/** Undefined for an event of which no activity is read. */
export function activityKindOf(type: string): WhopActivityKind | undefined {
  const name = type.replace(/^app_/, '').replaceAll('_', '.');
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

export type ActivityTelling = {
  companyId: string;
  /** The event's own time; null where it has none. */
  eventAt: Instant | null;
  /** Whose list it is, where that is what tells the place. */
  channelId?: string;
};

/**
 * What somebody did, in a payload or in a row of one of Whop's lists; null where it doesn't count. Webhooks, lists and the
 * websocket may tell a time to other fractions of a second, so that it is kept to the second.
 * @throws ShapeError
 */
export function activityOf(kind: WhopActivityKind, data: Reader, telling: ActivityTelling): Activity | null {
  const { thing, at, channelId } = readers[kind](data, telling.eventAt);
  if (!counts(kind, thing)) return null;
  return {
    companyId: telling.companyId,
    platform: 'whop',
    kind,
    id: idIn(thing.text('id'), `${kind} has no id`),
    at: secondOf(at),
    accountId: idIn(thing.reference('user'), `${kind} tells of nobody`),
    channelId: idIn(telling.channelId ?? channelId, `${kind} tells no place`),
    seconds: 0,
  };
}

type Told<T> = T | null | undefined;
type Read = (data: Reader, eventAt: Instant | null) => { thing: Reader; at: Told<Instant>; channelId: Told<string> };

const readers: Readonly<Record<WhopActivityKind, Read>> = {
  message: (data, eventAt) => {
    const message = within(data, 'message');
    return { thing: message, at: message.instant('created_at') ?? eventAt, channelId: channelIn(data, message) };
  },
  // Nothing but the event tells when it was.
  reaction: (data, eventAt) => {
    const reaction = within(data, 'reaction');
    return { thing: reaction, at: eventAt, channelId: channelIn(data, reaction) };
  },
  // Posts are listed by experience, so that this is their place wherever they are told.
  forum_post: (data, eventAt) => {
    const post = within(data, 'post');
    const channelId = post.reference('experience') ?? data.reference('experience') ?? channelIn(data, post);
    return { thing: post, at: post.instant('created_at') ?? eventAt, channelId };
  },
  lesson: (data, eventAt) => {
    const course = data.object('course');
    const channelId = course.reference('experience') ?? data.reference('experience') ?? data.reference('course');
    return { thing: data, at: data.instant('created_at') ?? eventAt, channelId };
  },
};

/** The thing itself, one level down or flat. */
function within(data: Reader, name: string): Reader {
  const thing = data.object(name);
  return thing.text('id') ? thing : data;
}

function channelIn(data: Reader, thing: Reader): Told<string> {
  const told = [data.reference('channel'), thing.reference('channel'), data.reference('feed'), thing.reference('feed')];
  return told.find((id) => typeof id === 'string') ?? data.reference('experience');
}

/** Neither what Whop or an automation wrote, nor a lesson that isn't completed. */
function counts(kind: WhopActivityKind, thing: Reader): boolean {
  if (kind === 'lesson') return thing.flag('completed') !== false;
  return (thing.text('message_type') ?? 'regular').toLowerCase() === 'regular';
}

const idPattern = /^[\w.:-]{1,100}$/;

function idIn(id: Told<string>, otherwise: string): string {
  if (typeof id === 'string' && idPattern.test(id)) return id;
  throw new ShapeError(otherwise);
}

function secondOf(at: Told<Instant>): Instant {
  if (at === null || at === undefined) throw new ShapeError('it tells no time');
  return Math.floor(at / 1000) * 1000;
}
