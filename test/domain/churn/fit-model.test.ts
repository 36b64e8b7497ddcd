import { describe, expect, it } from 'vitest';
import { scoresOf } from '../../../src/domain/churn/evaluation.ts';
import { featuresOf } from '../../../src/domain/churn/features.ts';
import { fitChurnModel } from '../../../src/domain/churn/fit-model.ts';
import { learningRows } from '../../../src/domain/churn/learning-row.ts';
import { scoreViews, viewAt } from '../../../src/domain/churn/score.ts';
import {
  begin,
  mondays,
  type SimulatedMember,
  simulateCommunity,
  trueRisk,
  weekMs,
} from '../../support/churn/simulated-community.ts';

const weeks = 60;
const kinds = [{ kind: 'message', valued: false }];
const features = featuresOf(kinds);
const now = begin + weeks * weekMs;

function rowsOf(members: readonly SimulatedMember[], landmarks = mondays(12, 40), knownUntil = now) {
  const observation = { landmarks, knownUntil, observedFrom: begin, historyStart: begin };
  return members.flatMap(({ history }) => learningRows(history, features, observation));
}

function learn(members: readonly SimulatedMember[], at = now) {
  return fitChurnModel({ rows: rowsOf(members, undefined, at), kinds, now: at });
}

/** What a model fitted ten landmarks before the end says in them, beside the truth. */
function judge(members: readonly SimulatedMember[]) {
  const tested = mondays(44, 10);
  const model = learn(members, tested[0]);
  const said = tested.flatMap((at) =>
    members.flatMap((member) => {
      const view = viewAt(member.history, at, begin);
      return view === null
        ? []
        : { view, at, truth: trueRisk(member, at), left: Number(leftBy(member, at + 30 * 86_400_000)) };
    }),
  );
  const probabilities = tested.flatMap((at) =>
    scoreViews(
      model,
      said.filter((one) => one.at === at).map(({ view }) => view),
    ).map(({ probability }) => probability),
  );
  const labels = said.map(({ left }) => left);
  return {
    model,
    scores: scoresOf({ probabilities, labels }),
    truth: scoresOf({ probabilities: said.map(({ truth }) => truth), labels }),
  };
}

function leftBy({ history }: SimulatedMember, at: number): boolean {
  return history.memberships.every(({ end }) => end <= at);
}

describe('the model of a community whose true risk is known', () => {
  const community = { members: 1500, weeks };

  it.each([
    ['where active members stay', { seed: 'stay', effect: -0.35 }],
    ['where active members leave', { seed: 'leave', effect: 0.3 }],
    [
      'where all are more active in some months',
      { seed: 'season', effect: -0.35, season: (day: number) => 1 + 0.8 * Math.sin(day / 58) },
    ],
  ])('is calibrated and tells leavers about as well as the truth does %s', (_, options) => {
    const { model, scores, truth } = judge(simulateCommunity({ ...community, ...options }));
    expect(model).toMatchObject({ kind: 'fitted', engagement: { matters: true } });
    expect(scores.leavers).toBeGreaterThan(200);
    expect(scores.ece).toBeLessThan(0.03);
    expect(scores.auc).toBeGreaterThan((truth.auc ?? 1) - 0.02);
    expect(model.outOfTime?.model.logLoss).toBeLessThan(model.outOfTime?.baseRate.logLoss ?? 0);
  });

  it('learns the sign of engagement', () => {
    const logOddsOf = (effect: number) => {
      const { columns } = learn(simulateCommunity({ ...community, members: 800, seed: 'sign', effect }));
      const level = columns.filter(
        ({ feature, knot }) => knot === null && /active days in|activities in/.test(feature),
      );
      return level.reduce((sum, { weight }) => sum + weight, 0);
    };
    expect(logOddsOf(-0.4)).toBeLessThan(0);
    expect(logOddsOf(0.4)).toBeGreaterThan(0);
  });

  it('says that engagement doesn’t matter once people’s activity is exchanged among them', () => {
    const members = simulateCommunity({ ...community, members: 800, seed: 'shuffled', effect: -0.5 });
    expect(learn(members).engagement).toMatchObject({ matters: true });
    const shuffled = members.map((member, i) => {
      const { activity } = members[(i * 7 + 5) % members.length]?.history ?? member.history;
      return { ...member, history: { ...member.history, activity } };
    });
    const model = learn(shuffled);
    expect(model.engagement).toMatchObject({ matters: false });
    expect(model.columns.filter(({ group }) => group === 'engagement')).toEqual([]);
  });

  it('isn’t used where it is no better than the base rate', () => {
    const rows = rowsOf(simulateCommunity({ ...community, members: 400, seed: 'chance', effect: 0 }));
    // Whoever left in the last weeks is told to have stayed, and the other way round.
    const last = mondays(42, 1)[0] ?? now;
    const turned = rows.map((row) => (row.landmark < last ? row : { ...row, left: !row.left }));
    const model = fitChurnModel({ rows: turned, kinds, now });
    expect(model).toMatchObject({ kind: 'base rate', columns: [] });
    expect(model.note).toContain('no better');
  });
});

describe('a community with little history', () => {
  it('gets the prior with its own rate, and is told so', () => {
    const members = simulateCommunity({ seed: 'twenty', members: 20, weeks, effect: -0.4 });
    const model = learn(members);
    expect(model).toMatchObject({ kind: 'prior', penalty: null, engagement: null, outOfTime: null });
    expect(model.note).toContain('A prior, not learned from this community');
    expect(model.columns.every(({ weight, prior }) => weight === prior)).toBe(true);
    const views = members.flatMap(({ history }) => viewAt(history, mondays(30, 1)[0] ?? now, begin) ?? []);
    const risks = scoreViews(model, views);
    expect(risks.length).toBeGreaterThan(0);
    expect(new Set(risks.map(({ confidence }) => confidence))).toEqual(new Set(['prior']));
  });

  it('without any row gets the guess that one in ten leaves', () => {
    expect(fitChurnModel({ rows: [], kinds, now }).baseRate).toBeCloseTo(0.1, 9);
  });

  it.each([
    { members: 60, leavers: 30, kind: /fitted|base rate/ },
    { members: 59, leavers: 30, kind: /prior/ },
    { members: 60, leavers: 29, kind: /prior/ },
  ])('of $members members and $leavers leavers has a model of the kind $kind', ({ members, leavers, kind }) => {
    const landmarks = mondays(0, 4);
    const rows = Array.from({ length: members }, (_, i) =>
      landmarks.map((landmark) => {
        const values = new Float64Array(features.length).fill(i % 7);
        return { memberId: `${i}`, landmark, values, left: i < leavers };
      }),
    ).flat();
    expect(fitChurnModel({ rows, kinds, now }).kind).toMatch(kind);
  });
});

describe('a model', () => {
  it('survives being kept as JSON', () => {
    const model = learn(simulateCommunity({ seed: 'json', members: 300, weeks, effect: -0.4 }));
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});
