import { type MessagePort, parentPort } from 'node:worker_threads';
import { featuresOf } from '../domain/churn/features.ts';
import { fitChurnModel } from '../domain/churn/fit-model.ts';
import { type LearningRow, learningRows } from '../domain/churn/learning-row.ts';
import type { MemberHistory } from '../domain/churn/member-history.ts';
import { type ScoredView, scoreViews, viewAt } from '../domain/churn/score.ts';
import type { ChurnTask, FitTask, FromThread, ScoreTask, ToThread } from './churn-messages.ts';

/** So few that whoever gets them is held up for a millisecond or two. */
const risksAtOnce = 500;

/** What is made of the members as they come, so that none is kept, and of all in the end. */
type Work = { take(history: MemberHistory): void; results: Generator<FromThread, void> };

function fitting({ kinds, now, ...observation }: FitTask): Work {
  const features = featuresOf(kinds);
  const rows: LearningRow[] = [];
  function* results(): Generator<FromThread, void> {
    yield { say: 'model', model: fitChurnModel({ rows, kinds, now }) };
  }
  return {
    take: (history) => {
      rows.push(...learningRows(history, features, observation));
    },
    results: results(),
  };
}

function scoring({ model, at, observedFrom }: ScoreTask): Work {
  const views: ScoredView[] = [];
  function* results(): Generator<FromThread, void> {
    const risks = scoreViews(model, views);
    for (let from = 0; from < risks.length; from += risksAtOnce) {
      yield { say: 'risks', risks: risks.slice(from, from + risksAtOnce) };
    }
  }
  return {
    take: (history) => {
      const view = viewAt(history, at, observedFrom);
      if (view !== null) views.push(view);
    },
    results: results(),
  };
}

function begun(task: ChurnTask): Work {
  return task.task === 'fit' ? fitting(task) : scoring(task);
}

/** Does one task after the other, and keeps nothing of those that it has done. */
function serve(port: MessagePort): void {
  const answer = (told: FromThread) => port.postMessage(told);
  let work: Work | null = null;
  port.on('message', (message: ToThread) => {
    if (message.say === 'begin') {
      work = begun(message.task);
    } else if (message.say === 'members') {
      for (const history of message.histories) work?.take(history);
      answer({ say: 'ready for more' });
    } else {
      const next = work?.results.next();
      if (next?.done === false) return answer(next.value);
      work = null;
      answer({ say: 'that is all' });
    }
  });
}

if (parentPort !== null) serve(parentPort);
