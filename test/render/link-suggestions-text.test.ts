import { describe, expect, it } from 'vitest';
import { linkSuggestionsText } from '../../src/render/link-suggestions-text.ts';

const suggestion = (name: string) => ({
  discordUserId: '12345678901234567890',
  name,
  user: { id: 'user_1', username: name, name },
});

describe('suggestions of who is who', () => {
  it('fit into an embed, however many there are and whatever people are called', () => {
    const suggestions = Array.from({ length: 400 }, () => suggestion('*_'.repeat(80)));
    const text = linkSuggestionsText({ asked: 20, suggestions });
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).toContain('390 more');
  });

  it('say what was looked at where there are none', () => {
    expect(linkSuggestionsText({ asked: 0, suggestions: [] })).toContain('Nobody who is here');
    expect(linkSuggestionsText({ asked: 1, suggestions: [] })).toContain('the one person of the last 30 days');
    expect(linkSuggestionsText({ asked: 2, suggestions: [] })).toContain('the 2 most active people');
  });

  it('show names as names', () => {
    const text = linkSuggestionsText({ asked: 1, suggestions: [suggestion('[here](https://evil.example) @everyone')] });
    expect(text).toContain('\\[here]');
  });
});
