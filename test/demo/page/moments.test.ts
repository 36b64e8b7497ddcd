import { describe, expect, it } from 'vitest';
import { glide } from '../../../src/demo/page/moments.js';

const speed = 604_800;

describe('the clock that the page shows', () => {
  it('goes as fast as the community’s time, and no further than that has come', () => {
    const way = { shown: 0, now: speed * 500, speed };
    expect(glide(way, 16)).toBe(speed * 16);
    expect(glide(way, 499)).toBe(speed * 499);
    expect(glide(way, 501)).toBe(way.now);
  });

  it('goes faster where it has fallen behind by more than a second', () => {
    expect(glide({ shown: 0, now: speed * 1000, speed }, 10)).toBe(speed * 10);
    expect(glide({ shown: 0, now: speed * 3000, speed }, 10)).toBe(speed * 30);
  });

  it('never goes back, and shows where time stands still', () => {
    expect(glide({ shown: 5, now: 9, speed: 1 }, -1)).toBe(5);
    expect(glide({ shown: 5, now: 9, speed: 0 }, 0)).toBe(9);
  });
});
