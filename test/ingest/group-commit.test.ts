import { describe, expect, it } from 'vitest';
import { createGroupCommit, Overloaded } from '../../src/ingest/group-commit.ts';

type Commit = { batch: readonly string[]; finish(): void; fail(reason: Error): void };

const fulfilled: PromiseSettledResult<void> = { status: 'fulfilled', value: undefined };

/** A group whose commits end when the test says so. */
function heldGroup(limits: { maxBatch?: number; maxWaiting?: number } = {}) {
  const commits: Commit[] = [];
  const group = createGroupCommit<string>(
    (batch) =>
      new Promise((resolve, reject) => {
        commits.push({ batch, finish: () => resolve(batch.map(() => fulfilled)), fail: reject });
      }),
    { maxBatch: 500, maxWaiting: 1000, ...limits },
  );
  return { group, commits, batches: () => commits.map(({ batch }) => batch) };
}

/** Long enough for everything that waits for nothing but promises. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createGroupCommit', () => {
  it('commits a single item at once, without a timer', async () => {
    const { group, batches } = heldGroup();
    void group.add('a');
    await settle();
    expect(batches()).toEqual([['a']]);
  });

  it('commits together what arrives in one turn of the loop, as from senders who were answered together', async () => {
    const { group, commits, batches } = heldGroup();
    const senders = ['a', 'b', 'c'].map((item) => group.add(item).then(() => group.add(`${item} again`)));
    await settle();
    commits[0]?.finish();
    await settle();
    expect(batches()).toEqual([
      ['a', 'b', 'c'],
      ['a again', 'b again', 'c again'],
    ]);
    commits[1]?.finish();
    await Promise.all(senders);
  });

  it('commits together what arrives while a commit is under way', async () => {
    const { group, commits, batches } = heldGroup();
    const added = [group.add('a')];
    await settle();
    added.push(...['b', 'c', 'd'].map((item) => group.add(item)));
    expect(batches()).toEqual([['a']]);
    commits[0]?.finish();
    await settle();
    expect(batches()).toEqual([['a'], ['b', 'c', 'd']]);
    commits[1]?.finish();
    await expect(Promise.all(added)).resolves.toHaveLength(4);
  });

  it('answers no item before its own commit is over', async () => {
    const { group, commits } = heldGroup();
    const answered: string[] = [];
    for (const item of ['a', 'b']) {
      void group.add(item).then(() => answered.push(item));
      await settle();
    }
    expect(answered).toEqual([]);
    commits[0]?.finish();
    await settle();
    expect(answered).toEqual(['a']);
    commits[1]?.finish();
    await settle();
    expect(answered).toEqual(['a', 'b']);
  });

  it('rejects a failed commit’s own items alone', async () => {
    const { group, commits } = heldGroup({ maxBatch: 2 });
    const outcomes = Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((item) => group.add(item)));
    await settle();
    commits[0]?.finish();
    await settle();
    commits[1]?.fail(new Error('gone'));
    await settle();
    commits[2]?.finish();
    const statuses = (await outcomes).map(({ status }) => status);
    expect(statuses).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('gives each item of a commit its own outcome', async () => {
    const refused = new Error('refused');
    const group = createGroupCommit<string>(
      async (batch) => batch.map((item) => (item === 'bad' ? { status: 'rejected', reason: refused } : fulfilled)),
      { maxBatch: 10, maxWaiting: 10 },
    );
    const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((item) => group.add(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('goes on after a commit that throws before it returns a promise', async () => {
    let calls = 0;
    const group = createGroupCommit<string>(
      (batch) => {
        calls += 1;
        if (calls === 1) throw new Error('at once');
        return Promise.resolve(batch.map(() => fulfilled));
      },
      { maxBatch: 1, maxWaiting: 10 },
    );
    await expect(group.add('a')).rejects.toThrow('at once');
    await expect(group.add('b')).resolves.toBeUndefined();
  });

  it('takes no more than maxBatch into one commit', async () => {
    const { group, commits, batches } = heldGroup({ maxBatch: 2 });
    for (const item of ['a', 'b', 'c', 'd', 'e']) void group.add(item);
    await settle();
    for (const commit of [0, 1, 2]) {
      commits[commit]?.finish();
      await settle();
    }
    expect(batches()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('sends away what comes when maxWaiting already wait, and takes more after them', async () => {
    const { group, commits } = heldGroup({ maxWaiting: 2 });
    const taken = ['a', 'b'].map((item) => group.add(item));
    await expect(group.add('d')).rejects.toBeInstanceOf(Overloaded);
    await settle();
    taken.push(group.add('e'));
    commits[0]?.finish();
    await settle();
    commits[1]?.finish();
    await expect(Promise.all(taken)).resolves.toHaveLength(3);
  });

  it('drains once nothing waits any more, what came meanwhile included', async () => {
    const { group, commits } = heldGroup();
    await group.drain();
    let drained = false;
    void group.add('a');
    const draining = group.drain().then(() => {
      drained = true;
    });
    await settle();
    void group.add('b');
    commits[0]?.finish();
    await settle();
    expect(drained).toBe(false);
    commits[1]?.finish();
    await draining;
    expect(commits).toHaveLength(2);
  });

  it('drains after a failure, too', async () => {
    const { group, commits } = heldGroup();
    const failed = group.add('a');
    await settle();
    commits[0]?.fail(new Error('gone'));
    await expect(failed).rejects.toThrow('gone');
    await group.drain();
  });
});
