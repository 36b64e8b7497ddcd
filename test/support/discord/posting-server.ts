import type { AddressInfo } from 'node:net';
import { FakePosting } from './posting.ts';
import { FakeRest } from './rest-server.ts';

export type PostingServer = {
  apiUrl: string;
  token: string;
  posting: FakePosting;
  rest: FakeRest;
  stop(): Promise<void>;
};

/** As much of Discord as whoever posts meets. */
export async function startPostingServer(): Promise<PostingServer> {
  const token = 'MTA.fake.posting';
  const posting = new FakePosting();
  const rest = new FakeRest(posting.routes, () => token);
  await new Promise<void>((resolve) => rest.http.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = rest.http.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    posting,
    rest,
    stop: async () => {
      rest.http.closeAllConnections();
      await new Promise((resolve) => rest.http.close(resolve));
    },
  };
}
