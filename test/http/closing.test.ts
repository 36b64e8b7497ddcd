import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createHttpApp } from '../../src/http/app.ts';
import { createLog } from '../../src/log.ts';

describe('the HTTP side', () => {
  it('is closed soon after its last answer, though the sender would keep the connection', async () => {
    const slow = async () => {
      await delay(200);
      return null;
    };
    const http = createHttpApp({
      ingest: { record: async () => 'recorded' },
      receive: () => ({ verified: false, cause: 'missing', reason: 'nobody' }),
      readiness: slow,
      log: createLog('silent'),
    });
    const url = await http.listen({ host: '127.0.0.1', port: 0 });
    const answer = fetch(`${url}/readyz`);
    await delay(50);
    const since = performance.now();
    await http.close();
    expect((await answer).status).toBe(200);
    expect(performance.now() - since).toBeLessThan(5000);
  });
});
