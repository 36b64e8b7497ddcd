import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { postActivity } from '../../../src/whop/websocket/post-activity.ts';

const createdAt = Date.parse('2026-03-14T12:00:00.987Z');
const companies: Readonly<Record<string, string>> = { feed_1: 'biz_1', exp_2: 'biz_2' };

const dmsPost = {
  entityId: 'post_1',
  feedId: 'feed_1',
  feedType: 'chat_feed',
  userId: 'user_ada',
  messageType: 'REGULAR',
  Deleted: false,
  content: 'hello there',
  createdAt,
};
const forumPost = { entityId: 'post_2', feedId: 'feed_2', experienceId: 'exp_2', userId: 'user_ben', createdAt };

const read = (feedEntity: Json) => postActivity({ feedEntity }, (placeId) => companies[placeId] ?? null);
const message = (some: Record<string, Json> = {}) => read({ dmsPost: { ...dmsPost, ...some } });
const post = (some: Record<string, Json> = {}) => read({ forumPost: { ...forumPost, ...some } });

describe('what the websocket tells', () => {
  it('is a message in a chat, of whoever the feed belongs to, to the second and without a word', () => {
    expect(message()).toEqual({
      companyId: 'biz_1',
      platform: 'whop',
      kind: 'message',
      id: 'post_1',
      at: Date.parse('2026-03-14T12:00:00Z'),
      accountId: 'user_ada',
      channelId: 'feed_1',
      seconds: 0,
    });
  });

  it('is a post in a forum, by its experience', () => {
    expect(post({ parentId: '' })).toMatchObject({ companyId: 'biz_2', kind: 'forum_post', channelId: 'exp_2' });
  });

  it('is the same activity when it is edited', () => {
    expect(message({ isEdited: true, updatedAt: createdAt + 60_000, content: 'else' })).toEqual(message());
  });

  it.each([
    ['direct', { feedType: 'dms_feed' }],
    ['in a livestream', { feedType: 'livestream_feed' }],
    ['of no type', { feedType: null }],
    ['the system’s', { messageType: 'SYSTEM' }],
    ['automated', { messageType: 'AUTOMATED' }],
    ['of an unknown kind', { messageType: 'UNKNOWN_TYPE' }],
    ['deleted', { Deleted: true }],
    ['in a chat that isn’t known', { feedId: 'feed_9' }],
    ['in no chat', { feedId: null }],
    ['nobody’s', { userId: null }],
    ['without a time', { createdAt: null }],
    ['of a time that can’t be understood', { createdAt: 'soon' }],
    ['without an id', { entityId: '' }],
  ])('is nothing for a message that is %s', (_why, some: Record<string, Json>) => {
    expect(message(some)).toBeNull();
  });

  it.each([
    ['deleted', { isDeleted: true }],
    ['a comment', { parentId: 'post_1' }],
    ['in a forum that isn’t known', { experienceId: 'exp_9' }],
  ])('is nothing for a post that is %s', (_why, some: Record<string, Json>) => {
    expect(post(some)).toBeNull();
  });

  it.each([null, [], 'x', {}, { reaction: { entityId: 'reac_1', userId: 'user_ada' } }, { dmsPost: null }])(
    'is nothing for %j',
    (entity) => {
      expect(read(entity)).toBeNull();
      expect(postActivity(entity, () => 'biz_1')).toBeNull();
    },
  );
});
