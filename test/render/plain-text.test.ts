import { describe, expect, it } from 'vitest';
import { fitText } from '../../src/render/plain-text.ts';

describe('a text that has to fit', () => {
  it('is left as it is where it does', () => {
    expect(fitText('Ada', 3)).toBe('Ada');
  });

  it('is cut between characters, never within one', () => {
    expect(fitText('Ada', 2)).toBe('Ad');
    expect(fitText('Ada👩‍🚀', 7)).toBe('Ada');
    expect(fitText('Ada👩‍🚀', 8)).toBe('Ada👩‍🚀');
  });
});
