import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { child, redact } from '../../src/whop/redact.ts';
import { fieldSecret, privatePieces, withPrivatePieces } from '../support/whop/private-pieces.ts';

const kept = (payload: Json, type = 'payment.succeeded') => redact(payload, type);

describe('redact', () => {
  it.each([
    ['an e-mail address', 'write to ada@example.com, please', 'write to [e-mail], please'],
    ['one in a link', 'u=ada%40example.com', '[e-mail]'],
    ['an international phone number', 'call +44 (20) 7946-0958 now', 'call [phone] now'],
    ['one with 00', 'call 0044 20 7946 0958', 'call [phone]'],
    ['one of North America', 'call (555) 010-9999 or 555-010-9999', 'call [phone] or [phone]'],
    ['a bearer token', 'it says Bearer abcdefgh12345678', 'it says [token]'],
    ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '[token]'],
    ['a key of Whop’s', 'ws_3f1c9e5a7b2d4860a1c3e5f7', '[token]'],
    [
      'a signed link',
      'https://files.example/1?id=2&X-Signature=abc&v=1',
      'https://files.example/1?id=2&X-Signature=[token]&v=1',
    ],
  ])('takes %s out of text', (_case, text, clean) => {
    expect(kept({ note: text })).toEqual({ note: clean });
    expect(kept({ [text]: 1 })).toEqual({ [clean]: 1 });
    expect(kept([text])).toEqual([clean]);
  });

  it.each([
    '2026-03-14T12:00:00.000+00:00',
    '2026-03-14T12:00:00+0100',
    'pay_Abc123XYZ',
    '1742000000',
    '29.99',
    '-123456.7890',
    '234.5678901',
    '@ada',
    'subscription_cycle',
    'Basic membership of signals',
    'v1',
    'c56a4180-65aa-42ec-a945-5fd21dec0538',
  ])('leaves %s as it is', (text) => {
    expect(kept({ note: text })).toEqual({ note: text });
  });

  it.each([
    ...[
      'email',
      'e-mail',
      'userEmail',
      'EMails',
      'customer_email_address',
      'phone',
      'phoneNumber',
      'phone_2',
      'telephone',
    ],
    ...[
      'billing_address',
      'shippingAddress',
      'access_token',
      'apiToken',
      'tokens',
      'client-secret',
      'apiKey',
      'api_key',
    ],
    ...['Password', 'passwd', 'license_key', 'manage_url', 'answer', 'content', 'ip', 'evidence', 'Authorization'],
    ...['custom_field_responses', 'customer_communication_attachment', 'access_activity_log', 'cookies'],
  ])('drops the field %s with all that it holds', (field) => {
    expect(kept({ id: 'pay_1', [field]: { a: ['x', 1] } })).toEqual({ id: 'pay_1' });
    expect(kept([{ metadata: { [field]: 15550109999 } }])).toEqual([{ metadata: {} }]);
  });

  it.each([
    ...[
      'id',
      'type',
      'recipient',
      'tip',
      'discontented',
      'company_id',
      'plan_id',
      'cancel_option',
      'cancellation_reason',
    ],
    ...['renewal_period_end', 'usd_total', 'amount_after_fees', 'promo_code', 'username', 'name', 'title', 'author'],
  ])('keeps the field %s', (field) => {
    expect(kept({ [field]: 'x' })).toEqual({ [field]: 'x' });
  });

  it('takes out what Postgres can’t store as text', () => {
    expect(kept({ 'a\0b': 'c\0d', e: '\ud800x', '\udc00f': 1 })).toEqual({ ab: 'cd', e: '\ufffdx', '\ufffdf': 1 });
  });

  it('takes keys of Object’s own names for keys', () => {
    const payload: Json = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"toString":"x"}');
    expect(JSON.stringify(kept(payload))).toBe(JSON.stringify(payload));
  });

  it('takes what is left of a key for a key, even where it is the prototype’s', () => {
    const data: Json = JSON.parse('{"__proto__\\u0000":{"total":5},"id":"pay_1"}');
    const redacted = redact(data, 'payment.succeeded');
    expect(JSON.stringify(redacted)).toBe('{"id":"pay_1","__proto__":{"total":5}}');
    expect(child(redacted, 'total')).toBeUndefined();
  });

  it('cuts off what is nested deeper than 64 levels', () => {
    const nested: Json = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(JSON.stringify(kept(nested))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
    expect(JSON.stringify(kept(nested, 'chat.message.created'))).toBe('null');
  });

  it('changes nothing of what arrived', () => {
    const payload = {
      id: 'pay_1',
      email: 'ada@example.com',
      user: { note: 'call +44 20 7946 0958' },
      list: [{ ip: 1 }],
    };
    const before = structuredClone(payload);
    kept(payload);
    expect(payload).toStrictEqual(before);
  });

  it('leaves none of the private pieces that are hidden anywhere', () => {
    fc.assert(
      fc.property(
        withPrivatePieces,
        fc.constantFrom('payment.succeeded', 'member.updated', 'unheard.of'),
        (payload, type) => {
          const text = JSON.stringify(kept(payload, type));
          for (const piece of [...privatePieces, fieldSecret]) expect(text).not.toContain(piece);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('redact of messages', () => {
  const message = (channelType: string) => ({
    id: 'evt_1',
    type: 'chat.message.created',
    timestamp: '2026-03-14T12:00:00.000Z',
    company_id: 'biz_1',
    data: {
      audience: { type: 'channel' },
      channel: { id: 'feed_1', type: channelType, experience_id: 'exp_1' },
      message: {
        id: 'post_1',
        content: 'meet me at the harbour',
        created_at: '2026-03-14T12:00:00.000Z',
        is_edited: false,
        message_type: 'regular',
        mentions: ['user_2'],
        poll: { options: [{ id: 'o1', text: 'the harbour' }] },
        replying_to_message_id: null,
        user: { id: 'user_1', username: 'ada', name: 'Ada' },
      },
      reason: 'meet me at the harbour',
    },
  });

  it('keeps of a channel’s message who, where and when', () => {
    expect(kept(message('chat'), 'chat.message.created')).toEqual({
      id: 'evt_1',
      type: 'chat.message.created',
      timestamp: '2026-03-14T12:00:00.000Z',
      company_id: 'biz_1',
      data: {
        audience: { type: 'channel' },
        channel: { id: 'feed_1', type: 'chat', experience_id: 'exp_1' },
        message: {
          id: 'post_1',
          created_at: '2026-03-14T12:00:00.000Z',
          is_edited: false,
          message_type: 'regular',
          replying_to_message_id: null,
          user: { id: 'user_1' },
        },
      },
    });
  });

  it.each(['direct_message', 'support', 'anything_new', '', null, 5])(
    'keeps nothing of one in a channel of type %j',
    (type) => {
      expect(kept({ ...message('chat'), data: { channel: { id: 'feed_1', type } } }, 'chat.message.created')).toBe(
        null,
      );
    },
  );

  it.each<[string, Json, string]>([
    [
      'addressed to people',
      { data: { audience: { type: 'users' }, message: { id: 'post_1' } } },
      'chat.message.created',
    ],
    ['of a flat direct channel', { data: { channel_type: 'direct_message', id: 'post_1' } }, 'chat.message.created'],
    ['of a direct event', { data: { id: 'post_1' } }, 'dm.created'],
    ['of a support event', { data: { id: 'post_1' } }, 'support_message.created'],
  ])('keeps nothing of one %s', (_case, payload, type) => {
    expect(kept(payload, type)).toBe(null);
  });

  it('keeps an emoji and no other words', () => {
    const reaction = (emoji: string) => kept({ data: { reaction: { id: 'r_1', emoji } } }, 'chat.reaction.created');
    for (const emoji of [':fire:', '+1', '🔥', '👩🏽‍🚀'])
      expect(reaction(emoji)).toEqual({ data: { reaction: { id: 'r_1', emoji } } });
    expect(reaction('meet me there')).toEqual({ data: { reaction: { id: 'r_1' } } });
  });

  it('keeps no sentence, wherever it is hidden', () => {
    const sentence = 'meet me there';
    const field = fc.oneof(
      fc.constantFrom(
        'id',
        'type',
        'emoji',
        'is_edited',
        'user_id',
        'created_at',
        'content',
        'message',
        sentence,
        'data',
      ),
      fc.string(),
    );
    const { payload } = fc.letrec<{ payload: Json }>((tie) => ({
      payload: fc.oneof(
        { depthSize: 'small' },
        fc.constant(sentence),
        fc.array(tie('payload'), { maxLength: 3 }),
        fc.dictionary(field, tie('payload'), { maxKeys: 5 }),
      ),
    }));
    const types = [
      'chat.message.created',
      'chat.reaction.created',
      'forum.post.created',
      'message.created',
      'app_chat_message_created',
    ];
    fc.assert(
      fc.property(payload, fc.constantFrom(...types), (data, type) => {
        expect(JSON.stringify(kept({ type, data, [sentence]: data }, type))).not.toContain(sentence);
      }),
      { numRuns: 500 },
    );
  });
});
