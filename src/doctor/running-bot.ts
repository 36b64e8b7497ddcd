import type { Config } from '../config.ts';

/** Deliveries that the running bot refused before it knew what they say, since its start. */
export type Refusal = { cause: string; count: number; lastAt: number };

/** Where a bot that listens everywhere is reached. */
const localHosts: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Asks the bot that runs with the same settings on this machine; null where none answers. */
export async function readRefusals({ host, port }: Config['http']): Promise<Refusal[] | null> {
  try {
    const response = await fetch(`http://${localHosts[host] ?? host}:${port}/metrics`, {
      signal: AbortSignal.timeout(2000),
    });
    return response.ok ? refusalsIn(await response.text()) : null;
  } catch {
    return null;
  }
}

/** Null in what isn't our text. */
function refusalsIn(metrics: string): Refusal[] | null {
  if (!metrics.includes('tidewatch_webhooks_total')) return null;
  const counts = [...metrics.matchAll(/^tidewatch_webhook_refusals_total\{cause="(\w+)"\} (\d+)$/gm)];
  return counts.flatMap(([, cause = '', count]) => {
    const last = new RegExp(`^tidewatch_webhook_last_refusal_timestamp_seconds\\{cause="${cause}"\\} ([\\d.]+)$`, 'm');
    const [, lastAt] = last.exec(metrics) ?? [];
    return lastAt === undefined ? [] : [{ cause, count: Number(count), lastAt: Number(lastAt) * 1000 }];
  });
}
