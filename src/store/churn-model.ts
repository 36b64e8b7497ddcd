import type { Pool } from 'pg';
import type { ChurnModel } from '../domain/churn/churn-model.ts';

type Queryable = Pick<Pool, 'query'>;

/** Null where none was fitted yet. Its rules say whether this version understands it. */
export async function readChurnModel(database: Queryable, companyId: string): Promise<ChurnModel | null> {
  const { rows } = await database.query<{ model: ChurnModel }>('select model from churn_model where company_id = $1', [
    companyId,
  ]);
  return rows[0]?.model ?? null;
}

/** In place of the one before, unless that is newer. */
export async function writeChurnModel(database: Queryable, companyId: string, model: ChurnModel): Promise<void> {
  await database.query(
    `insert into churn_model (company_id, rules, fitted_at, model) values ($1, $2, $3, $4)
     on conflict (company_id) do update
       set rules = excluded.rules, fitted_at = excluded.fitted_at, model = excluded.model
       where churn_model.fitted_at <= excluded.fitted_at`,
    [companyId, model.rules, new Date(model.fittedAt), JSON.stringify(model)],
  );
}
