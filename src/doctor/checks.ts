import { postingCheck, readingCheck } from './channel-checks.ts';
import type { Check } from './check.ts';
import { clockCheck } from './clock-check.ts';
import { databaseCheck, migrationsCheck } from './database-checks.ts';
import { deliveriesCheck, secretCheck } from './delivery-checks.ts';
import { gatewayCheck, guildIdsCheck, serversCheck, tokenCheck } from './discord-checks.ts';
import { diskCheck, nodeCheck, settingsCheck } from './machine-checks.ts';
import type { Patient, Starting } from './patient.ts';
import { webhookCheck } from './webhook-checks.ts';
import { companyCheck, keyCheck, permissionChecks } from './whop-checks.ts';

/** Those that a start makes, too, before it connects to anything: they are cheap. */
export const startChecks: readonly Check<Starting>[] = [nodeCheck, settingsCheck, databaseCheck, migrationsCheck];

/** All there is to look at, in the order in which one would set it up; what a check needs comes before it. */
export const checks: readonly Check<Patient>[] = [
  ...startChecks,
  diskCheck,
  clockCheck,
  tokenCheck,
  gatewayCheck,
  guildIdsCheck,
  serversCheck,
  postingCheck,
  readingCheck,
  companyCheck,
  keyCheck,
  ...permissionChecks,
  webhookCheck,
  secretCheck,
  deliveriesCheck,
];
