import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from './calendar.ts';
import type { Instant } from './facts.ts';

/** What is offered before anything is typed. */
const usual = ['UTC', 'America/New_York', 'America/Los_Angeles', 'Europe/London', 'Europe/Berlin', 'Asia/Kolkata'];

/** What cities are called today where the system lists them by an older name. */
const renamed = [
  ...['Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Ho_Chi_Minh', 'Asia/Yangon', 'Europe/Kyiv', 'Atlantic/Faroe'],
  ...['America/Argentina/Buenos_Aires', 'America/Indiana/Indianapolis', 'America/Nuuk'],
];

const known = [...new Set(['UTC', ...renamed.filter(isTimeZone), ...Intl.supportedValuesOf('timeZone')])];

/** Zones that could be meant by what is typed, those first of which a part begins with it, each with its present offset. */
export function timeZoneChoices(typed: string, now: Instant): { name: string; value: string }[] {
  const wanted = plain(typed);
  const found = wanted === '' ? usual : known.filter((zone) => plain(zone).includes(wanted));
  const exact = isTimeZone(typed) && !found.includes(typed) ? [typed] : [];
  const [first, others] = [found.filter((zone) => begins(zone, wanted)), found.filter((zone) => !begins(zone, wanted))];
  return [...exact, ...first, ...others].map((zone) => ({ name: `${zone} (UTC${offsetOf(zone, now)})`, value: zone }));
}

/** The zone that is meant, however it is written; null for none. */
export function parseZone(typed: string): string | null {
  const same = known.find((zone) => plain(zone) === plain(typed));
  return same ?? (isTimeZone(typed) ? typed : null);
}

function begins(zone: string, wanted: string): boolean {
  return plain(zone)
    .split('/')
    .some((part) => part.startsWith(wanted));
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');
}

function offsetOf(zone: string, now: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).offset;
}
