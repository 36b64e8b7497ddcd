import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { readDelivery } from '../../src/whop/delivery.ts';

const companyId = 'biz_tide';
const sentAt = Date.parse('2026-03-14T12:00:07.900Z');
const second = Date.parse('2026-03-14T12:00:00Z');

function read(type: string, data: Json, envelope: Record<string, Json> = { timestamp: '2026-03-14T12:00:05.400Z' }) {
  const verified = { verified: true as const, eventId: 'msg_1', sentAt };
  return readDelivery(
    { type, company_id: companyId, data, ...envelope },
    { verified, receivedAt: sentAt, defaultCompanyId: null },
  );
}

const nested = {
  audience: { type: 'channel' },
  channel: { id: 'feed_1', type: 'chat', experience_id: 'exp_1' },
  message: {
    id: 'post_1',
    content: 'hello there',
    message_type: 'regular',
    created_at: '2026-03-14T12:00:00.123Z',
    user: { id: 'user_ada', username: 'ada' },
  },
  reason: 'x',
};
const flat = { id: 'post_1', user_id: 'user_ada', channel_id: 'feed_1', created_at: '2026-03-14T12:00:00.999Z' };
const flatInside = { channel_id: 'feed_1', message: { id: 'post_1', user_id: 'user_ada', created_at: second / 1000 } };

const message = {
  companyId,
  platform: 'whop',
  kind: 'message',
  id: 'post_1',
  at: second,
  accountId: 'user_ada',
  channelId: 'feed_1',
  seconds: 0,
};

describe('a chat message', () => {
  it.each([
    { shape: 'nested', data: nested },
    { shape: 'flat', data: flat },
    { shape: 'flat inside, in Unix seconds', data: flatInside },
  ])('is one activity, to the second, of whoever wrote it: $shape', ({ data }) => {
    for (const type of ['chat.message.created', 'chat_message_created', 'message.created']) {
      expect(read(type, data)).toMatchObject({ activities: [message], error: null, snapshots: [] });
    }
  });

  it('is of the time of its event where it has none of its own', () => {
    const { created_at: _, ...untimed } = flat;
    expect(read('message.created', untimed).activities).toEqual([{ ...message, at: second + 5000 }]);
  });

  it.each(['system', 'automated', 'SYSTEM'])('that is %s doesn’t count', (message_type) => {
    const told = read('chat.message.created', { ...nested, message: { ...nested.message, message_type } });
    expect(told).toMatchObject({ activities: [], error: null });
  });

  it.each(['direct_message', 'support', 'anything'])('in a %s channel doesn’t count', (type) => {
    const told = read('chat.message.created', { ...nested, channel: { ...nested.channel, type } });
    expect(told).toMatchObject({ activities: [], payload: null, error: null });
  });

  it('to people rather than a channel doesn’t count', () => {
    const told = read('chat.message.created', { ...nested, audience: { type: 'users', user_ids: ['user_b'] } });
    expect(told).toMatchObject({ activities: [], payload: null });
  });

  it.each([
    { odd: { ...flat, id: null }, why: 'message has no id' },
    { odd: { ...flat, id: 'x'.repeat(101) }, why: 'message has no id' },
    { odd: { ...flat, user_id: null }, why: 'message tells of nobody' },
    { odd: { ...flat, channel_id: null }, why: 'message tells no place' },
    { odd: { ...flat, created_at: 'soon' }, why: "created_at can't be understood" },
    { odd: [], why: 'message has no id' },
  ])('that can’t be understood is kept with the reason: $why', ({ odd, why }) => {
    expect(read('message.created', odd)).toMatchObject({ activities: [], error: why });
  });

  it('of no company is kept with the reason', () => {
    const told = read('message.created', flat, { company_id: null });
    expect(told).toMatchObject({ activities: [], error: expect.stringContaining('no company') });
  });
});

describe('a reaction', () => {
  const reaction = { id: 'reac_1', emoji: ':wave:', resource_id: 'post_1', user: { id: 'user_ben' } };
  const activity = { ...message, kind: 'reaction', id: 'reac_1', accountId: 'user_ben', at: second + 5000 };

  it('is of the time of its event, and of whoever reacted', () => {
    expect(read('chat.reaction.created', { ...nested, reaction }).activities).toEqual([activity]);
    const flatly = { id: 'reac_1', channel_id: 'feed_1', user_id: 'user_ben', emoji: null };
    expect(read('chat.reaction.created', flatly).activities).toEqual([activity]);
  });

  it('without a time can’t be told from its repeat, and is kept with the reason', () => {
    const told = read('chat.reaction.created', { ...nested, reaction }, {});
    expect(told).toMatchObject({ activities: [], error: 'it tells no time' });
  });
});

describe('a forum post', () => {
  const post = { id: 'post_2', experience_id: 'exp_2', user: { id: 'user_ada' }, created_at: '2026-03-14T12:00:00Z' };
  const activity = { ...message, kind: 'forum_post', id: 'post_2', channelId: 'exp_2' };

  it.each(['forum.post.created', 'forum_post.created', 'forum_post_created'])('counts where %s is sent', (type) => {
    expect(read(type, { ...post, title: 'Hello', content: 'hello there' }).activities).toEqual([activity]);
    expect(read(type, { post, feed_id: 'feed_2' }).activities).toEqual([activity]);
  });
});

describe('a lesson', () => {
  const lesson = {
    id: 'cli_1',
    completed: true,
    created_at: '2026-03-14T12:00:00Z',
    course: { id: 'cors_1', title: 'Tides', experience: { id: 'exp_3' } },
    lesson: { id: 'lesn_1', title: 'Ebb' },
    user: { id: 'user_ada', username: 'ada' },
  };
  const type = 'course_lesson_interaction.completed';
  const activity = { ...message, kind: 'lesson', id: 'cli_1', channelId: 'exp_3' };

  it('counts once it is completed', () => {
    expect(read(type, lesson).activities).toEqual([activity]);
    expect(read(type, { ...lesson, completed: false })).toMatchObject({ activities: [], error: null });
    const flatly = { id: 'cli_1', user_id: 'user_ada', course_id: 'cors_1', created_at: second / 1000 };
    expect(read(type, flatly).activities).toEqual([{ ...activity, channelId: 'cors_1' }]);
  });
});
