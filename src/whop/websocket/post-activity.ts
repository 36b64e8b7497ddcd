import type { Activity } from '../../domain/activity.ts';
import type { Json } from '../../ingest/delivery.ts';
import { activityOf } from '../activities.ts';
import { Reader, ShapeError } from '../reader.ts';

/**
 * What somebody wrote in a chat or a forum, as Whop's websocket tells it; null for all else, and for what can't be understood.
 * An edit, a new count of views and the like send a post again, with its id and its time. Reactions come without a time.
 * @param companyOf whose a chat feed, or a forum's experience, is; null for one that isn't known
 */
export function postActivity(message: Json, companyOf: (placeId: string) => string | null): Activity | null {
  const entity = new Reader(message).object('feedEntity');
  try {
    return chatMessage(entity.object('dmsPost'), companyOf) ?? forumPost(entity.object('forumPost'), companyOf);
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

type CompanyOf = Parameters<typeof postActivity>[1];

/** Direct messages are posts as well, of feeds of another type. */
function chatMessage(post: Reader, companyOf: CompanyOf): Activity | null {
  if (post.text('feedType') !== 'chat_feed' || post.flag('Deleted') === true) return null;
  if (post.text('messageType') !== 'REGULAR') return null;
  return activityIn('message', { post, placeId: post.text('feedId'), companyOf });
}

/** A post that has a parent is a comment. */
function forumPost(post: Reader, companyOf: CompanyOf): Activity | null {
  if (post.flag('isDeleted') === true || post.text('parentId')) return null;
  return activityIn('forum_post', { post, placeId: post.text('experienceId'), companyOf });
}

type Post = { post: Reader; placeId: string | null | undefined; companyOf: CompanyOf };

function activityIn(kind: 'message' | 'forum_post', { post, placeId, companyOf }: Post): Activity | null {
  if (!placeId) return null;
  const companyId = companyOf(placeId);
  if (companyId === null) return null;
  const told = { id: post.text('entityId') ?? null, user_id: post.text('userId') ?? null };
  const row = { ...told, created_at: post.instant('createdAt') ?? null };
  return activityOf(kind, new Reader(row), { companyId, eventAt: null, channelId: placeId });
}
