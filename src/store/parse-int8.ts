/** Postgres counts and our amounts are int8, and node-postgres leaves those as text. */
export function parseInt8(text: string): number {
  return exactly(Number(text));
}

export function exactly(int8: number): number {
  if (!Number.isSafeInteger(int8)) throw new RangeError(`int8 ${int8} is beyond what a number holds exactly`);
  return int8;
}
