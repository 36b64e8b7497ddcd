import type { Pool } from 'pg';
import type { Account } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';
import { inTransaction } from '../transaction.ts';
import type { Messages } from './forget-messages.ts';
import { forgetPerson } from './forget-person.ts';
import { optOut } from './opt-out.ts';

/** What anybody may want done with what is stored about them. */
export type PrivacyChanges = {
  /** Neither scored nor listed from now on. */
  optOut(companyId: string, account: Account, now: Instant): Promise<void>;
  /** Without a name, and without ids but those of what was sold; as far as nothing new arrives. */
  forget(companyId: string, account: Account, now: Instant): Promise<void>;
};

export function createPrivacyChanges(pool: Pool, messages: Messages): PrivacyChanges {
  return {
    optOut: (companyId, account, now) =>
      inTransaction(pool, { facts: [companyId] }, (client) => optOut(client, { companyId, account, now })),
    forget: (companyId, account, now) =>
      inTransaction(pool, { facts: [companyId], activities: [companyId] }, (client) =>
        forgetPerson(client, { companyId, account, now }, messages),
      ),
  };
}
