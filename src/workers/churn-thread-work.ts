import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { featuresOf } from '../domain/churn/features.ts';
import { fitChurnModel } from '../domain/churn/fit-model.ts';
import { type LearningRow, learningRows } from '../domain/churn/learning-row.ts';
import type { MemberHistory } from '../domain/churn/member-history.ts';
import { type ScoredView, scoreViews, viewAt } from '../domain/churn/score.ts';
import type { ChurnTask, FitTask, FromThread, ScoreTask, ToThread } from './churn-messages.ts';

/** So few that whoever gets them is held up for a millisecond or two. */
const risksAtOnce = 500;

/** What is made of the members as they come, so that none is kept, and of all in the end. */
type Work = { take(history: MemberHistory): void; finish(): Generator<FromThread> };

function fitting({ kinds, now, ...observation }: FitTask): Work {
  const features = featuresOf(kinds);
  const rows: LearningRow[] = [];
  return {
    take: (history) => {
      rows.push(...learningRows(history, features, observation));
    },
    *finish() {
      yield { say: 'model', model: fitChurnModel({ rows, kinds, now }) };
    },
  };
}

function scoring({ model, at, observedFrom }: ScoreTask): Work {
  const views: ScoredView[] = [];
  return {
    take: (history) => {
      const view = viewAt(history, at, observedFrom);
      if (view !== null) views.push(view);
    },
    *finish() {
      const risks = scoreViews(model, views);
      for (let from = 0; from < risks.length; from += risksAtOnce) {
        yield { say: 'risks', risks: risks.slice(from, from + risksAtOnce), last: false };
      }
      yield { say: 'risks', risks: [], last: true };
    },
  };
}

function serve(port: MessagePort, task: ChurnTask): void {
  const work = task.task === 'fit' ? fitting(task) : scoring(task);
  const answer = (told: FromThread) => port.postMessage(told);
  let results: Generator<FromThread> | undefined;
  port.on('message', (message: ToThread) => {
    if (message.say === 'members') {
      for (const history of message.histories) work.take(history);
      return answer({ say: 'ready for more' });
    }
    results ??= work.finish();
    const { value, done } = results.next();
    return done ? port.close() : answer(value);
  });
}

if (parentPort !== null) serve(parentPort, workerData);
