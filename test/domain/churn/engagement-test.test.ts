import { expect, it } from 'vitest';
import { testEngagement } from '../../../src/domain/churn/engagement-test.ts';

const without = Float64Array.of(0.5, 0.5, 0.5, 0.5);
const labels = Uint8Array.of(1, 0, 1, 0);
const memberIds = ['a', 'b', 'c', 'd'];

it.each([
  ['is right about everybody', [0.6, 0.4, 0.6, 0.4], { helps: true, matters: true }],
  ['is righter about one than it is wrong about the others', [0.9, 0.55, 0.45, 0.5], { helps: true, matters: false }],
  ['is wrong about everybody', [0.4, 0.6, 0.4, 0.6], { helps: false, matters: false }],
  ['says nothing new', [0.5, 0.5, 0.5, 0.5], { helps: false, matters: false }],
])('helps as far as it lowers the loss, and matters beyond chance, where it %s', (_, withActivity, expected) => {
  expect(testEngagement({ labels, memberIds, without, withActivity: Float64Array.from(withActivity) })).toMatchObject(
    expected,
  );
});

it('counts the rows of one member as one', () => {
  const tested = (ids: readonly string[]) =>
    testEngagement({ labels, memberIds: ids, without, withActivity: Float64Array.of(0.9, 0.1, 0.45, 0.55) });
  expect(tested(memberIds)).toMatchObject({ matters: true });
  expect(tested(['a', 'a', 'c', 'c'])).toMatchObject({ helps: true, matters: false });
});
