import { Command } from '@commander-js/extra-typings';
import packageJson from '../../package.json' with { type: 'json' };
import { addChurnCommand } from '../churn-command.ts';
import { addBackfillCommand } from './backfill-command.ts';
import { addCompanyCommands } from './company-commands.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addExportCommand } from './export-command.ts';
import { addPrivacyCommand } from './privacy-command.ts';
import { addReplayCommand } from './replay-command.ts';
import { addReportCommand } from './report-command.ts';
import type { Terminal } from './terminal.ts';

/** All that can be asked from a terminal; it throws where Commander would end the process. */
export function createProgram(terminal: Terminal) {
  const program = new Command('tidewatch')
    .description('Tidewatch from a terminal; it is configured by the environment, as the bot is')
    .version(packageJson.version)
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride();
  addReportCommand(program, terminal);
  addExportCommand(program, terminal);
  addBackfillCommand(program, terminal);
  addReplayCommand(program, terminal);
  addPrivacyCommand(program, terminal);
  addCompanyCommands(program, terminal);
  addDoctorCommand(program, terminal);
  addChurnCommand(program);
  return program;
}
