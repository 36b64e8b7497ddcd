import type { PeriodName } from '../domain/calendar.ts';
import type { CompanySettings } from '../domain/company.ts';
import type { Instant } from '../domain/facts.ts';
import type { Database } from '../store/database.ts';
import type { Report } from './report.ts';

/** What a report is asked for. */
export type Question = {
  companyId: string;
  period: PeriodName;
  /** Where it is given, only payments, prices and memberships of this plan count. */
  planId?: string | undefined;
  /** Whop's id of the customer that a report about one person is about. */
  memberId?: string | undefined;
  /** The report's clock. */
  now: Instant;
};

/** What reports are made from. */
export type Sources = { database: Database; settings: CompanySettings };

/** One question, from what is stored to its answer. */
export type ReportMaker = (question: Question, sources: Sources) => Promise<Report>;
