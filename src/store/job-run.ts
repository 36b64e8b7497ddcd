import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../domain/facts.ts';
import type { Slot } from '../domain/schedule.ts';

export type JobSlot = { companyId: string; job: string; slot: Slot };

/** A slot that this process runs; `attempt` tells it from one who runs it later, having taken it over. */
export type Claim = JobSlot & { attempt: number };

const isFree = `(job_run.status <> 'done' and job_run.free_at <= now())`;

/** Those that are neither done, under way, nor to be tried later. */
export async function readFreeSlots<Given extends JobSlot>(pool: Pool, slots: readonly Given[]): Promise<Given[]> {
  if (slots.length === 0) return [];
  const { rows } = await pool.query<{ place: number }>(
    `select given.place from jsonb_to_recordset($1) as given (place int, company_id text, job text, slot text)
     left join job_run using (company_id, job, slot)
     where job_run.company_id is null or ${isFree}`,
    [
      JSON.stringify(
        slots.map(({ companyId, job, slot }, place) => ({ place, company_id: companyId, job, slot: slot.key })),
      ),
    ],
  );
  const free = new Set(rows.map(({ place }) => place));
  return slots.filter((_, place) => free.has(place));
}

/** Takes a slot for so long; null where another process has it, or it is done. */
export async function claimSlot(pool: Pool, wanted: JobSlot, leaseMs: number): Promise<Claim | null> {
  const { companyId, job, slot } = wanted;
  const { rows } = await pool.query<{ attempt: number }>(
    `insert into job_run (company_id, job, slot, scheduled_at, status, attempt, failures, free_at)
     values ($1, $2, $3, $4, 'running', 1, 0, now() + $5 * interval '1 millisecond')
     on conflict (company_id, job, slot) do update
       set status = 'running', attempt = job_run.attempt + 1, free_at = excluded.free_at
       where ${isFree}
     returning attempt`,
    [companyId, job, slot.key, new Date(slot.at), leaseMs],
  );
  const attempt = rows[0]?.attempt;
  return attempt === undefined ? null : { ...wanted, attempt };
}

const ofClaim = `company_id = $1 and job = $2 and slot = $3 and attempt = $4 and status = 'running'`;

function claimValues({ companyId, job, slot, attempt }: Claim): unknown[] {
  return [companyId, job, slot.key, attempt];
}

/** Keeps a slot for so long from now on. */
export async function renewClaim(pool: Pool, claim: Claim, leaseMs: number): Promise<void> {
  await pool.query(`update job_run set free_at = now() + $5 * interval '1 millisecond' where ${ofClaim}`, [
    ...claimValues(claim),
    leaseMs,
  ]);
}

/**
 * Marks a slot as done in one transaction with what `write` writes, so that both are there or neither, and once.
 * @returns false where somebody else has taken the slot over meanwhile: then nothing is written
 */
export async function finishClaim(
  pool: Pool,
  claim: Claim,
  write: (client: PoolClient) => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(
      `update job_run set status = 'done', free_at = null, ended_at = now() where ${ofClaim}`,
      claimValues(claim),
    );
    if (rowCount === 1) await write(client);
    await client.query('commit');
    client.release();
    return rowCount === 1;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** After so many failures a slot is given up. */
const mostFailures = 5;

/** Leaves a slot that has failed for later, at most five times, and later each time. */
export async function failClaim(pool: Pool, claim: Claim): Promise<void> {
  await pool.query(
    `update job_run set status = 'failed', failures = failures + 1, ended_at = now(),
       free_at = case when failures + 1 < ${mostFailures} then now() + failures * 5 * interval '1 minute' + interval '1 minute' end
     where ${ofClaim}`,
    claimValues(claim),
  );
}

/** Leaves a slot, which didn't fail, to whoever comes next. */
export async function giveBackClaim(pool: Pool, claim: Claim): Promise<void> {
  await pool.query(`update job_run set status = 'failed', free_at = now() where ${ofClaim}`, claimValues(claim));
}

/** Forgets the runs of a company that were scheduled before. */
export async function forgetRuns(client: PoolClient, companyId: string, before: Instant): Promise<void> {
  await client.query('delete from job_run where company_id = $1 and scheduled_at < $2', [companyId, new Date(before)]);
}
