import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChartRenderer } from '../../../src/render/charts/chart-renderer.ts';
import { revenueChart } from '../../../src/render/charts/revenue-chart.ts';
import { revenueReport } from './sample-report.ts';

const png = Buffer.from('89504e470d0a1a0a00', 'hex');
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}`;
}

type Received = { url: string | undefined; method: string | undefined; body: string };

async function serveCharts(received: Received[]): Promise<string> {
  return serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ url: request.url, method: request.method, body });
    response.end(png);
  });
}

function renderer(quickChartUrl: string, timeoutMs = 5_000) {
  const warnings: object[] = [];
  const log = { warn: (fields: object) => void warnings.push(fields) };
  return { render: createChartRenderer({ charts: 'quickchart', quickChartUrl, log, timeoutMs }), warnings };
}

const config = revenueChart(revenueReport());

describe('a chart drawn by a QuickChart server', () => {
  it('is asked for with the same configuration, as version 4 and in the same size', async () => {
    const received: Received[] = [];
    const { render } = renderer(await serveCharts(received));
    expect(await render(config)).toEqual(png);
    const [request] = received;
    expect(request).toMatchObject({ method: 'POST', url: '/chart' });
    const { chart, ...rest } = z.looseObject({ chart: z.string() }).parse(JSON.parse(request?.body ?? ''));
    expect(rest).toEqual({
      version: '4',
      width: 640,
      height: 440,
      devicePixelRatio: 2,
      format: 'png',
      backgroundColor: expect.stringMatching(/^#/),
    });
    expect(JSON.parse(chart)).toEqual(config);
  });

  it.each(['/', '/qc', '/qc/', '/qc/chart'])('is asked for under the path of the address %s', async (path) => {
    const received: Received[] = [];
    const { render } = renderer((await serveCharts(received)) + path);
    await render(config);
    expect(received[0]?.url).toBe(path === '/' ? '/chart' : '/qc/chart');
  });

  it('carries a name that looks like code as text', async () => {
    const received: Received[] = [];
    const { render } = renderer(await serveCharts(received));
    await render(revenueChart(revenueReport({ name: '__BEGINFUNCTION__f()__ENDFUNCTION__' })));
    expect(received[0]?.body).toContain('\\"__BEGINFUNCTION__f()__ENDFUNCTION__\\"');
  });

  it('is null with the reason logged when the server fails', async () => {
    const { render, warnings } = renderer(await serve((_request, response) => response.writeHead(500).end(png)));
    expect(await render(config)).toBeNull();
    expect(warnings).toEqual([{ charts: 'quickchart', reason: 'chart server answered 500' }]);
  });

  it('is null when the server is silent for too long', async () => {
    const { render, warnings } = renderer(await serve(() => undefined), 50);
    expect(await render(config)).toBeNull();
    expect(warnings).toEqual([{ charts: 'quickchart', reason: expect.stringContaining('timeout') }]);
  });

  it('is null when the answer is no picture', async () => {
    const { render, warnings } = renderer(await serve((_request, response) => void response.end('<html>')));
    expect(await render(config)).toBeNull();
    expect(warnings).toEqual([{ charts: 'quickchart', reason: 'chart server sent no PNG' }]);
  });

  it('is null when nothing listens, without a word of the password in the address', async () => {
    const { render, warnings } = renderer('http://user:secret@127.0.0.1:1');
    expect(await render(config)).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  it('is never asked for at another host that the server points to', async () => {
    const received: Received[] = [];
    const elsewhere = await serveCharts(received);
    const { render } = renderer(
      await serve((_request, response) => void response.writeHead(307, { location: `${elsewhere}/chart` }).end()),
    );
    expect(await render(config)).toBeNull();
    expect(received).toEqual([]);
  });
});

describe('charts switched off', () => {
  it('are null without a line in the log', async () => {
    const warnings: object[] = [];
    const log = { warn: (fields: object) => void warnings.push(fields) };
    expect(await createChartRenderer({ charts: 'off', quickChartUrl: '', log })(config)).toBeNull();
    expect(warnings).toEqual([]);
  });
});
