import { describe, expect, it } from 'vitest';
import { digestKeys } from '../../src/domain/digest.ts';
import { digestMessage } from '../../src/render/digest-message.ts';
import { digestNames, digestRiskNames } from '../../src/reports/figure-names.ts';
import type { Figure, Report, Table } from '../../src/reports/report.ts';

type Rows = Readonly<Record<string, Table['rows']>>;

/** A week in which every figure is 100 after 80, but for what is said. */
function digest(rows: Rows = {}, differs: Partial<Report> = {}): Report {
  const names = Object.entries({ ...digestNames, ...digestRiskNames });
  return {
    name: 'digest',
    company: { id: 'biz_1', name: 'Golden Hour' },
    asOf: '2026-11-22T21:00:00.000Z',
    timeZone: 'Asia/Shanghai',
    currency: 'USD',
    period: { name: 'week', start: '2026-11-15T16:00:00.000Z', end: '2026-11-22T16:00:00.000Z' },
    previous: { start: '2026-11-08T16:00:00.000Z', end: '2026-11-15T16:00:00.000Z' },
    figures: names.map(([key, name]): Figure => ({ key, ...name, value: 100, previous: 80 })),
    tables: Object.entries({ weeks: [{ week: '2026-11-16' }], ...rows }).map(([key, own]) => ({
      ...{ key, title: key, columns: [], rows: own },
    })),
    series: [],
    notes: [],
    ...differs,
  };
}

const staff = { isStaff: true, due: null };
const everybody = { isStaff: false, due: null };

function shown(report: Report, audience = staff): Record<string, string> {
  const [embed] = digestMessage(report, audience, null).embeds;
  return Object.fromEntries((embed?.fields ?? []).map(({ name, value }) => [name, value]));
}

const people: Rows = {
  plan_movements: [{ plan_id: 'plan_1', plan: 'Gold', currency: 'USD', mrr_change: 2900 }],
  person_movements: [{ customer_id: 'user_1', customer: 'ada', currency: 'USD', mrr_change: -4900 }],
  members_at_risk: [
    { member_id: 'user_2', member: 'grace', mrr: 2900, probability: 0.62, contract: 'set to end on 2026-11-30' },
    { member_id: 'user_3', member: 'mary', mrr: 0, other_mrr: 'MXN 529.00', band: 'high', confidence: 'prior' },
  ],
};

describe('a digest', () => {
  it('tells its week, its zone, and six figures with their change', () => {
    const [embed] = digestMessage(digest(), staff, null).embeds;
    expect(embed?.description).toBe('Last complete week: Nov 16 – 22, 2026 (Asia/Shanghai)');
    expect(embed?.fields?.slice(0, 6).map(({ name }) => name)).toEqual(digestKeys.map((key) => digestNames[key].label));
    expect(embed?.fields?.[2]?.value).toBe('**100**\n▲ 25.0%');
  });

  it('names people to staff alone, and plans to everybody', () => {
    expect(shown(digest(people))).toMatchObject({
      'What moved MRR': '+$1.00 new · +$1.00 expanded · +$1.00 came back · −$1.00 contracted · −$1.00 churned.',
      'By plan': '▲ Gold +$29.00',
      'By person': '▼ ada −$49.00',
      'At risk': expect.stringContaining(
        '• grace: $29.00 a month, 62.0% to leave; set to end on 2026-11-30\n• mary: MXN 529.00 a month, high risk by a prior',
      ),
    });
    const text = JSON.stringify(shown(digest(people), everybody));
    expect(text).toContain('Gold');
    expect(text).not.toMatch(/ada|grace|mary/);
  });

  it('names who came and went to staff alone, with the reason to leave where one is told', () => {
    const member_changes = [
      { customer_id: 'user_1', customer: 'ada', change: 'joined', reason: null },
      { customer_id: 'user_2', customer: 'grace', change: 'left', reason: 'too_expensive' },
      { customer_id: 'user_3', customer: 'alan', change: 'left', reason: null },
    ];
    const lines = ['100 joined, 100 left; the week before it was 80 and 80.'];
    expect(shown(digest({ member_changes }), everybody)['Who came and went']).toBe(lines.join('\n'));
    lines.push('Joined: ada and 99 more.', 'Left: grace (too expensive), alan and 98 more.');
    expect(shown(digest({ member_changes }))['Who came and went']).toBe(lines.join('\n'));
  });

  it('counts alerts and what became of them', () => {
    const alerts = [{ told: 3, contacted: 2, stayed: 1, left_after: 0 }];
    expect(shown(digest({ alerts }))['At risk']).toContain('3 alerts, 2 contacted, 1 stayed.');
    expect(shown(digest())['At risk']).not.toContain('alert');
  });

  it('says why people left, and what is due', () => {
    const report = digest({
      cancel_options: [
        { option: 'too_expensive', count: 3 },
        { option: 'unknown', count: 1 },
      ],
      deadlines: [
        { kind: 'disputes to answer', due: '2026-11-24', count: 1 },
        { kind: 'disputes to answer', due: null, count: 2 },
        { kind: 'trials ending', due: '2026-11-25', count: 1 },
      ],
    });
    expect(shown(report)).toMatchObject({
      'Who came and went':
        '100 joined, 100 left; the week before it was 80 and 80.\nWhy they cancelled: too expensive (3), no reason given (1).',
      Deadlines: 'Disputes to answer: 1 by Tue, Nov 24; 2 without a known day.\nTrials that end: 1 on Wed, Nov 25.',
    });
  });

  it.each([
    [
      'mrr',
      9000,
      [-1000, 2000],
      '**MRR**: a change of +$90.00 is unusually high; by the 13 weeks before, −$10.00 to +$20.00 is normal.',
    ],
    [
      'members',
      -3,
      [-0.4, 6.7],
      '**Members**: a change of −3 is unusually low; by the 13 weeks before, 0 to +6 is normal.',
    ],
    [
      'active_members',
      131,
      [-4.2, 124.4],
      '**Active people**: 131 is unusually high; by the 13 weeks before, 0 to 124 is normal.',
    ],
    [
      'active_members',
      9,
      [5.2, 5.8],
      '**Active people**: 9 is unusually high; by the 13 weeks before, 5.2 to 5.8 is normal.',
    ],
    [
      'net_revenue',
      100,
      [-50, 60],
      '**Net revenue**: $1.00 is unusually high; by the 13 weeks before, -$0.50 to $0.60 is normal.',
    ],
    [
      'customer_churn_rate',
      0.2,
      [-0.01, 0.03],
      '**Customer churn rate**: 20.0% is unusually high; by the 13 weeks before, 0.0% to 3.0% is normal.',
    ],
  ] as const)(
    'calls %s unusual where it is, and says what would be normal',
    (figure, judged, [lower, upper], sentence) => {
      const row = { figure, label: digestNames[figure].label, verdict: 'unusual', weeks: 13 };
      const limits = [
        { limit: 'judged', [figure]: judged },
        { limit: 'lower', [figure]: lower },
        { limit: 'upper', [figure]: upper },
      ];
      expect(shown(digest({ judgements: [row], limits }))['What stands out']).toBe(sentence);
      const normal = { figure: 'paying_customers', label: 'Paying customers', verdict: 'normal', weeks: 13 };
      const both = [sentence, 'Normal by their own history: Paying customers.'].join('\n');
      expect(shown(digest({ judgements: [normal, row], limits }))['What stands out']).toBe(both);
    },
  );

  it('calls the rest normal, and says nothing where there is too little history', () => {
    const judgements = ['mrr', 'members'].map((figure) => ({ figure, label: figure, verdict: 'normal', weeks: 8 }));
    expect(shown(digest({ judgements }))['What stands out']).toBe(
      'Nothing is unusual.\nNormal by their own history: mrr, members.',
    );
    expect(shown(digest())).not.toHaveProperty('What stands out');
  });

  it('has each other currency on a line of its own, and only the reporting one in bold', () => {
    const figures = digest().figures.map((figure) =>
      figure.key === 'mrr' ? { ...figure, otherCurrencies: [{ currency: 'MXN', amount: 264_500 }] } : figure,
    );
    expect(shown(digest({}, { figures })).MRR).toBe('**$1.00**\n▲ 25.0%\nand MXN 2,645.00');
  });

  it('says why a figure isn’t known, and nothing of who shows up then', () => {
    const figures = digest().figures.map((figure) =>
      figure.key === 'active_members' ? { ...figure, value: null, unavailable: 'nothing was heard' } : figure,
    );
    const told = shown(digest({}, { figures }));
    expect(told['Active people']).toBe('not available: nothing was heard');
    expect(told).not.toHaveProperty('Who shows up');
  });

  it('is short in a week in which nothing happened', () => {
    const figures = digest().figures.map((figure) => ({ ...figure, value: 0, previous: 0 }));
    const told = shown(digest({}, { figures }));
    expect(Object.keys(told).slice(6)).toEqual(['Who came and went', 'At risk']);
    expect(told['Who came and went']).toBe('0 joined, 0 left; the week before it was 0 and 0.');
    expect(told['At risk']).toContain('Nobody is at high risk of leaving.');
  });

  it('says what the last one told and that is something else now', () => {
    const restated = [
      { version: 'told', mrr: 1000, members: null },
      { version: 'now', mrr: 900, members: null },
    ];
    expect(shown(digest({ restated })).Restated).toBe(
      'Of the week before, since its digest: MRR was $10.00 and is $9.00.',
    );
  });

  it('says that it is late, and when it was due, on the community’s clocks', () => {
    const [embed] = digestMessage(digest(), { isStaff: false, due: Date.UTC(2026, 10, 22, 21) }, null).embeds;
    expect(embed?.description).toContain('late: it was due on Nov 23, 2026, 05:00.');
  });
});

describe('the limits of Discord', () => {
  const names = [
    'x'.repeat(100),
    '*_~`|<>[]()'.repeat(9),
    '👩‍👩‍👧‍👦'.repeat(12),
    `Z${'\u0300'.repeat(2000)}`,
    '🏳️‍🌈'.repeat(20),
    '\\'.repeat(100),
  ];
  const many = Array.from({ length: 50 }, (_, n) => names[n % names.length] ?? '');
  const crowded = digest(
    {
      plan_movements: many.map((plan, n) => ({ plan_id: `${n}`, plan, currency: 'USD', mrr_change: 9e12 - n })),
      person_movements: many.map((customer, n) => ({
        ...{ customer_id: `${n}`, customer, currency: 'USD', mrr_change: n - 9e12 },
      })),
      member_changes: many.map((customer, n) => ({
        ...{ customer_id: `${n}`, customer, change: n % 2 === 0 ? 'left' : 'joined', reason: customer },
      })),
      members_at_risk: many.map((member) => ({ member_id: member, member, mrr: 9e12, probability: 0.5 })),
      cancel_options: many.map((option, n) => ({ option, count: 50 - n })),
      deadlines: many.map(() => ({ kind: 'trials ending', due: '2026-11-25', count: 1e9 })),
      judgements: digestKeys.map((figure) => ({ figure, verdict: 'unusual', weeks: 13 })),
      limits: ['judged', 'lower', 'upper'].map((limit) => ({
        limit,
        ...Object.fromEntries(digestKeys.map((key) => [key, -9e12])),
      })),
      restated: ['told', 'now'].map((version, n) => ({
        version,
        ...Object.fromEntries(digestKeys.map((key) => [key, 9e12 + n * 1e11])),
      })),
    },
    {
      company: { id: 'biz_1', name: names[3] ?? '' },
      notes: names,
      figures: digest().figures.map((figure) =>
        figure.unit === 'money'
          ? { ...figure, otherCurrencies: many.map((_, n) => ({ currency: `C${n}X`, amount: 9e12 })) }
          : figure,
      ),
    },
  );

  it.each([
    ['staff', staff],
    ['everybody', everybody],
  ])('hold 50 plans and people with long names, as it is told to %s', (_, audience) => {
    const [embed] = digestMessage(crowded, audience, null).embeds;
    const { title = '', description = '', fields = [], footer } = embed ?? {};
    expect(title.length).toBeLessThanOrEqual(256);
    expect(fields.length).toBeLessThanOrEqual(25);
    for (const { name, value } of fields) {
      expect(value.length).toBeLessThanOrEqual(1024);
      expect(`${name}${value}`.length).toBeGreaterThan(name.length);
    }
    const all = [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])];
    expect(all.join('').length).toBeLessThanOrEqual(6000);
    expect(all.join('').isWellFormed()).toBe(true);
  });

  it('leave each section its first lines', () => {
    const told = shown(crowded);
    for (const name of [
      'What stands out',
      'By plan',
      'By person',
      'Who came and went',
      'At risk',
      'Deadlines',
      'Restated',
    ]) {
      expect(told[name]?.length ?? 0).toBeGreaterThan(40);
    }
  });
});
