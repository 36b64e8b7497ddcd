import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GuildCompanies } from '../../../src/discord/activity/guild-companies.ts';
import { Places } from '../../../src/discord/activity/places.ts';
import { createVoiceLog, type VoiceLog } from '../../../src/discord/activity/voice-log.ts';
import type { VoiceNews } from '../../../src/ingest/activities/voice-sessions.ts';
import { createLog } from '../../../src/log.ts';
import { guildCreate, voiceState } from '../../support/discord/guilds.ts';
import { botUser } from '../../support/discord/people.ts';

const minuteMs = 60_000;
const guild = { id: '5', name: 'Harbour', channelId: '10', ownerId: '1', permissions: '0', channels: [] };

describe('news of voice channels', () => {
  let told: VoiceNews[];
  let voice: VoiceLog;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    told = [];
    voice = createVoiceLog({
      ingest: { recordVoice: async (news) => void told.push(news) },
      companies: new GuildCompanies(
        async () => 'biz_1',
        () => undefined,
      ),
      places: new Places(),
      log: createLog('silent'),
    });
  });
  afterEach(() => vi.useRealTimers());

  const at = async (minute: number) => {
    await voice.drain();
    vi.setSystemTime(minute * minuteMs);
  };
  const tellGuild = (present: string[]) =>
    voice.guildTold(guildCreate({ ...guild, voice: new Map(present.map((id) => [id, '11'])) }, botUser('9')));
  const since = async () => {
    await voice.drain();
    return told.map(({ watchedSince }) => watchedSince / minuteMs);
  };

  it('are of a server that is watched since it was told of', async () => {
    await at(10);
    tellGuild(['1']);
    await at(11);
    voice.tick();
    await at(13);
    voice.stateTold('5', voiceState('2', '11'));
    expect(await since()).toEqual([10, 10, 10]);
  });

  it('say that it is watched anew where the gateway was away for long, told by whatever comes first', async () => {
    tellGuild(['1']);
    await at(3);
    voice.tick();
    await at(120);
    voice.stateTold('5', voiceState('2', '11'));
    await at(121);
    voice.tick();
    expect(await since()).toEqual([0, 0, 120, 120]);
  });

  it('say whose the server is, and who is there', async () => {
    tellGuild(['1']);
    await voice.drain();
    expect(told).toMatchObject([{ companyId: 'biz_1', guildId: '5', present: [{ accountId: '1', channelId: '11' }] }]);
  });
});
