/** When each list was asked for, and how many of those a minute may have. */
export type RequestCount = {
  /** Counts one, or says after how many seconds it is allowed. */
  allow(list: string): 'allowed' | number;
  of(list: string): number;
  /** The most requests for one list within any minute. */
  busiest(): number;
};

export function countRequests(perMinute: number, now: () => number = () => performance.now()): RequestCount {
  const times = new Map<string, number[]>();
  return {
    allow(list) {
      const asked = times.get(list) ?? [];
      times.set(list, asked);
      const at = now();
      const opposing = asked.at(-perMinute);
      if (opposing !== undefined && opposing > at - 60_000) return Math.ceil((opposing + 60_000 - at) / 1000);
      asked.push(at);
      return 'allowed';
    },
    of: (list) => times.get(list)?.length ?? 0,
    busiest: () => Math.max(0, ...[...times.values()].map(busiestMinute)),
  };
}

/** The most of these times, which are in order, that lie within one minute. */
export function busiestMinute(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  times.forEach((at, index) => {
    while ((times[first] ?? at) <= at - 60_000) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
