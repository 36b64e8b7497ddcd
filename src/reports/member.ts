import { startOfDay } from '../domain/calendar.ts';
import { type MemberWeek, memberWeeks } from '../domain/churn/member-weeks.ts';
import { mondayOf } from '../domain/churn/monday-of.ts';
import { type ScoredMember, standingAt } from '../domain/churn/scan.ts';
import { viewAt } from '../domain/churn/score.ts';
import { suggestionTexts } from '../domain/churn/suggestion.ts';
import type { Instant } from '../domain/facts.ts';
import { inCurrency, type Value } from '../domain/figure-value.ts';
import { segmentOf } from '../domain/segments.ts';
import { WrongChoice } from '../domain/user-error.ts';
import { readRiskHistory } from '../store/churn-scans.ts';
import { readCustomerNames } from '../store/customer-names.ts';
import { type Member, readMember } from '../store/member-histories.ts';
import { currentScan } from './churn/current-scan.ts';
import { membershipTable, paidInTotal, paymentTable, reasonTable, weekTable } from './churn/member-tables.ts';
import { type Observed, readObserved } from './churn/observed.ts';
import { memberFigureNames } from './figure-names.ts';
import { answer, namedValues } from './frame.ts';
import type { Question, ReportMaker, Sources } from './question.ts';

const weeksShown = 26;
const fewestWeeks = 8;

/** One person: memberships, payments, activity and risk. For staff alone. */
export const memberReport: ReportMaker = async (question, sources) => {
  const about = await loadAbout(question, sources);
  const { member, observed, scored, risks, memberId } = about;
  const weeks = weeksOf(member, observed, question.now);
  const report = await answer('member', question, sources, async ({ client, catalogue }) => {
    const names = await readCustomerNames(client, question.companyId, [memberId]);
    return {
      figures: namedValues(memberFigureNames, figuresOf(about)),
      tables: [
        reasonTable(scored),
        membershipTable(member.records, catalogue, observed),
        paymentTable(member.records, observed),
        weekTable(weeks, risks),
      ],
      series: [],
      notes: [`${names.get(memberId) ?? memberId} (${memberId}).`, ...notesOf(about)],
    };
  });
  const [first] = weeks;
  const start = first === undefined ? report.period.start : startOf(first, observed);
  return { ...report, period: { name: 'weeks shown', start, end: report.asOf }, previous: null };
};

function startOf({ week }: MemberWeek, { timeZone }: Observed): string {
  return new Date(startOfDay(week, timeZone)).toISOString();
}

/** Since somebody was first there, but enough weeks to see by what is usual. */
function weeksOf({ history }: Member, observed: Observed, now: Instant): MemberWeek[] {
  const weeks = memberWeeks(history, { ...observed, now, count: weeksShown });
  const days = [...history.memberships.map(({ start }) => start), ...(history.activity ?? []).map(({ day }) => day)];
  const first = days.reduce((earliest, day) => Math.min(earliest, day), now);
  const since = mondayOf(first, observed.timeZone);
  return weeks.filter(({ week }, i) => week >= since || i >= weeks.length - fewestWeeks);
}

type About = {
  memberId: string;
  member: Member;
  observed: Observed;
  /** Undefined of whoever isn't a member who pays, or has opted out. */
  scored: ScoredMember | undefined;
  risks: ReadonlyMap<string, number>;
};

async function loadAbout(question: Question, sources: Sources): Promise<About> {
  const { companyId, memberId, now } = question;
  if (memberId === undefined) throw new WrongChoice('Say whose: the report member needs a member, user_….');
  const { pool } = sources.database;
  const [observed, scan, risks] = await Promise.all([
    readObserved(sources, companyId, now),
    currentScan(question, sources),
    readRiskHistory(pool, { companyId, memberId, until: now }),
  ]);
  const found = await readMember(pool, memberId, observed);
  const none: Member = { records: [], history: { memberId, memberships: [], bills: [], activity: null } };
  const member = found ?? none;
  const isOut = observed.optedOut.has(memberId);
  const history = isOut ? { ...member.history, activity: null } : member.history;
  const scored = scan.members.find((one) => one.memberId === memberId);
  return { memberId, member: { ...member, history }, observed, scored, risks: isOut ? new Map() : risks };
}

function figuresOf({ member, observed, scored }: About) {
  const { until: at, observedFrom, reportingCurrency: currency } = observed;
  const view = viewAt(member.history, at, observedFrom)?.view;
  const standing = standingAt(member, { at, observedFrom, currency, optedOut: observed.optedOut });
  const known = (value: number | null | undefined, unavailable: string): Value =>
    value == null ? { value: null, unavailable } : { value };
  const notMember = 'not a member now';
  return {
    leave_probability: known(...leaveProbability(scored, notScored(observed, member))),
    mrr: inCurrency(
      new Map([[currency, standing?.mrrMinor ?? 0], ...Object.entries(standing?.otherMrr ?? {})]),
      currency,
    ),
    paid_in_total: paidInTotal(member.records, currency, at),
    tenure: known(view && Math.floor(view.tenureDays), notMember),
    active_days_28: known(view?.activity?.activeDays28, unseen),
    silent_days: known(view?.activity?.silentDays, view?.activity ? 'never active so far' : unseen),
  };
}

/** A prior can tell whose risk is higher, and not how high it is. */
function leaveProbability(scored: ScoredMember | undefined, notScored: string): [number | undefined, string] {
  if (scored?.confidence !== 'prior') return [scored?.probability, notScored];
  return [undefined, `${scored.band} risk by a prior, not learned from this community yet`];
}

const unseen = 'can’t be seen: no account is linked, or nothing is collected yet';

function notScored({ optedOut }: Observed, { history }: Member): string {
  return optedOut.has(history.memberId) ? 'has opted out' : 'isn’t a member who pays or is on trial';
}

function notesOf({ member, observed, scored, memberId }: About): string[] {
  if (observed.optedOut.has(memberId)) return ['Has opted out: neither scored nor listed, and activity isn’t shown.'];
  const { until: at, observedFrom, reportingCurrency: currency, optedOut } = observed;
  const standing = standingAt(member, { at, observedFrom, currency, optedOut });
  const segment = standing === null ? [] : [`Segment: ${segmentOf({ ...standing, band: scored?.band ?? null })}.`];
  if (scored === undefined) return segment;
  const { band, confidence, suggestion, contract } = scored;
  return [
    ...segment,
    `Risk: ${band} (confidence: ${confidence}). ${suggestionTexts[suggestion]}`,
    ...(contract.length > 0 ? [`Contract: ${contract.join('; ')}.`] : []),
  ];
}
