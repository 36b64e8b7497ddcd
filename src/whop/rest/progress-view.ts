import type { Instant } from '../../domain/facts.ts';
import type { Json } from '../../ingest/delivery.ts';
import type { BackfillProgress } from '../../store/backfill-progress.ts';
import { child } from '../redact.ts';
import type { Watch } from './backfill.ts';

export type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

/** `end` leaves the cursor on a line of its own, wherever it has been. */
export type ProgressView = Watch & { end(): void };

/** A bar where `errors` is a terminal, plain lines on `output` elsewhere. */
export function createProgressView(output: Terminal, errors: Terminal, now: Instant): ProgressView {
  return errors.isTTY === true ? createBars(errors, now) : createLines(output);
}

const barWidth = 24;
const overwrite = '\r\x1b[K';

/**
 * Lists don't tell how long they are, but most are read from the oldest on: their bar is full at `now`. That of the others
 * fills at their end.
 */
function createBars(terminal: Terminal, now: Instant): ProgressView {
  let name = '';
  let since = Number.NaN;
  let open = false;
  const draw = (text: string, ends: boolean) => {
    terminal.write(`${overwrite}${text}${ends ? '\n' : ''}`);
    open = !ends;
  };
  return {
    onPage({ resource, rowsRead, finishedAt }, { rows }) {
      if (resource !== name) {
        name = resource;
        since = createdAt(rows[0]);
      }
      const share = finishedAt === null ? (createdAt(rows.at(-1)) - since) / (now - since) : 1;
      draw(`${resource.padEnd(11)} ${bar(share)} ${count(rowsRead)}`, finishedAt !== null);
    },
    onWait(resource, reason, waitMs) {
      draw(waiting(resource, reason, waitMs), false);
    },
    end() {
      if (open) terminal.write('\n');
    },
  };
}

const shortWaitMs = 5000;

function createLines(output: Terminal): ProgressView {
  return {
    onPage({ resource, rowsRead, finishedAt }) {
      if (finishedAt !== null) output.write(`${resource}: ${count(rowsRead)}\n`);
    },
    onWait(resource, reason, waitMs) {
      if (waitMs >= shortWaitMs) output.write(`${waiting(resource, reason, waitMs)}\n`);
    },
    end: () => undefined,
  };
}

/** What has been read, in one or two lines. */
export function backfillSummary(progress: readonly BackfillProgress[]): string {
  const read = progress.map(({ resource, rowsRead }) => `${resource} ${rowsRead.toLocaleString('en')}`).join(', ');
  const unread = progress.reduce((sum, { rowsUnread }) => sum + rowsUnread, 0);
  const leftOut = unread === 0 ? '' : `Left out, as the lines above say: ${count(unread)}.\n`;
  return `Complete: ${read}.\n${leftOut}`;
}

function createdAt(row: Json | undefined): Instant {
  return Date.parse(String(child(row, 'created_at')));
}

function bar(share: number): string {
  const filled = Math.round(Math.min(Math.max(share || 0, 0), 1) * barWidth);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

function count(rows: number): string {
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
}

function waiting(resource: string, reason: string, waitMs: number): string {
  return `${resource}: ${reason}, waiting ${Math.ceil(waitMs / 1000)} s`;
}
