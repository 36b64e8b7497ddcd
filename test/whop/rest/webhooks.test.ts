import { expect, it } from 'vitest';
import { activityKindOf } from '../../../src/whop/activities.ts';
import { eventTypeOf } from '../../../src/whop/event-types.ts';
import { wantedEvents } from '../../../src/whop/rest/webhooks.ts';

it.each(wantedEvents)('%s, which the webhook is to send, is read', (type) => {
  expect(eventTypeOf(type) ?? activityKindOf(type)).toBeDefined();
});
