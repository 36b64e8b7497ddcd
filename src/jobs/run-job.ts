import type { Instant } from '../domain/facts.ts';
import { dueSlot } from '../domain/schedule.ts';
import { Passing, UserError } from '../domain/user-error.ts';
import { type CompanyZone, readCompanyZones } from '../store/company-zones.ts';
import {
  type Claim,
  claimSlot,
  failClaim,
  finishClaim,
  giveBackClaim,
  type JobSlot,
  readFreeSlots,
  renewClaim,
} from '../store/job-run.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { ChosenSchedule, JobParts, ScheduledJob } from './job.ts';

type Named = { name: string; job: ScheduledJob };

/** Once a third of this has passed, it is renewed; after a crash another process waits for the rest of it. */
const usualLeaseMs = 120_000;

/** Runs a job for each company whose slot has come, and that no process has run or runs. */
export async function runJob(named: Named, parts: JobParts, now: Instant, leaseMs = usualLeaseMs): Promise<void> {
  const { pool } = parts.sources.database;
  for (const wanted of await readFreeSlots(pool, await dueSlots(named, parts, now))) {
    if (parts.stopping.aborted) return;
    const claim = await claimSlot(pool, wanted, leaseMs);
    if (claim !== null) await runClaim(claim, { named, parts, now, leaseMs });
  }
}

async function dueSlots({ name, job }: Named, parts: JobParts, now: Instant): Promise<JobSlot[]> {
  const { sources, companyId } = parts;
  const { timeZone } = sources.settings;
  const slots: JobSlot[] = [];
  for (const company of await readCompanyZones(sources.database.pool, { companyId, timeZone })) {
    const schedule = await scheduleOf(job, company, parts);
    const slot = schedule === null ? null : dueSlot(schedule, now, company.timeZone, job.lateMs);
    if (slot === null || slot.at < (schedule?.setAt ?? slot.at)) continue;
    slots.push({ companyId: company.companyId, job: name, slot });
  }
  return slots;
}

/** Null where it never runs for a company. */
export async function scheduleOf(
  { schedule }: ScheduledJob,
  { companyId }: CompanyZone,
  parts: JobParts,
): Promise<ChosenSchedule | null> {
  return typeof schedule === 'function' ? schedule(companyId, parts) : { ...schedule, setAt: null };
}

type Running = { named: Named; parts: JobParts; now: Instant; leaseMs: number };

async function runClaim(claim: Claim, { named, parts, now, leaseMs }: Running): Promise<void> {
  const { sources, stopping, log } = parts;
  const { pool } = sources.database;
  const { companyId, job, slot, attempt } = claim;
  const facts = { job, companyId, slot: slot.key, attempt };
  const renewing = setInterval(() => void renewClaim(pool, claim, leaseMs).catch(() => undefined), leaseMs / 3);
  try {
    const write = await named.job.run({ companyId, slot, now }, parts);
    const finished = await finishClaim(pool, claim, write);
    if (finished) log.info(facts, 'job done');
    else log.warn(facts, 'job was taken over meanwhile');
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (stopping.aborted || error instanceof Passing) return await giveBackClaim(pool, claim);
    if (error instanceof UserError) log.warn({ ...facts, reason: error.message }, 'job failed');
    else log.error({ ...facts, err: error }, 'job failed');
    await failClaim(pool, claim);
  } finally {
    clearInterval(renewing);
  }
}
