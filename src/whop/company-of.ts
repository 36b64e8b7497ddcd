import { attempt, type Reader } from './reader.ts';

/** Whose a payload is: told by the envelope in some generations, by the data in others; null where nothing tells. */
export function companyOf(envelope: Reader): string | null {
  const data = envelope.object('data');
  return (
    companyIn(envelope) ??
    companyIn(data) ??
    companyIn(data.object('payment')) ??
    companyIn(data.object('membership')) ??
    null
  );
}

/** In the oldest generation a company is a page. */
function companyIn(holder: Reader): string | undefined {
  return (
    companyId(attempt(() => holder.reference('company'))) ??
    companyId(attempt(() => holder.reference('account'))) ??
    companyId(attempt(() => holder.text('page_id')))
  );
}

const idPattern = /^biz_[\w-]{1,100}$/;

function companyId(told: string | null | undefined): string | undefined {
  return typeof told === 'string' && idPattern.test(told) ? told : undefined;
}
