import { type PromoCode, plans, promoCodes, type SamplePlan } from './catalogue.ts';
import { type Chance, createChance } from './chance.ts';
import type { Ending } from './endings.ts';
import { liveMembership, type Start } from './membership-life.ts';
import { samplePerson } from './people.ts';
import type { Happening, Person } from './sample.ts';
import { dayMs, isWithin, type Seasons, seasonsUntil } from './seasons.ts';

const customers = 400;
/** Of them these came for the promotion, and these after the livestream. */
const [promoted, streamed] = [46, 24];
/** These will come, and of them these for the promotion's encore. */
const [newcomers, repromoted] = [310, 34];

/** All that happened in a sample community in the fourteen months up to now, in order. */
export function sampleCommunity(of: { seed: string; now: number }): Happening[] {
  return sampleStory(of).filter(({ at }) => at <= seasonsUntil(of.now).now);
}

/** The same, and then what will happen in the seven months that follow. */
export function sampleStory({ seed, now }: { seed: string; now: number }): Happening[] {
  const seasons = seasonsUntil(now);
  const offers = Object.values(plans).map((plan): Happening => ({ at: seasons.start, type: 'plan.created', plan }));
  const lives = Array.from({ length: customers + newcomers }, (_, i) => life(i, seasons, createChance(`${seed} ${i}`)));
  return [...offers, ...lives.flat()].filter(({ at }) => at <= seasons.until).sort((a, b) => a.at - b.at);
}

/** A customer's memberships, one after the other. */
function life(number: number, seasons: Seasons, chance: Chance): Happening[] {
  const person = samplePerson(number, chance);
  const happenings: Happening[] = [];
  let start: Start | null = firstStart(number, person, seasons, chance);
  while (start !== null && start.at <= seasons.until) {
    const chapter = liveMembership(start, seasons, chance);
    happenings.push(...chapter.happenings);
    start = chapter.ending === null ? null : sequel(person, chapter.ending, chance);
  }
  return happenings;
}

function firstStart(number: number, person: Person, seasons: Seasons, chance: Chance): Start {
  if (number < promoted) return comeFor(seasons.promotion, person, chance);
  if (customers <= number && number < customers + repromoted) return comeFor(seasons.encore, person, chance);
  const at = wholeSecond(number < customers ? joiningTime(number - promoted, seasons, chance) : later(seasons, chance));
  return { person, plan: chance.weighted(firstPlans), at, promoCode: promoCodeAt(at, seasons, chance) };
}

function comeFor({ start, end }: Seasons['promotion'], person: Person, chance: Chance): Start {
  const at = wholeSecond(chance.between(start, end));
  return { person, plan: plans.monthly, at, promoCode: promoCodes.sunrise };
}

/** After now as many a day as just before it, by and large. */
function later({ now, until }: Seasons, chance: Chance): number {
  return chance.between(now, until);
}

function joiningTime(number: number, { start, now, livestream }: Seasons, chance: Chance): number {
  if (number < streamed) return chance.between(livestream.start, livestream.end);
  const share = (number - streamed + chance.between(0, 1)) / (customers - promoted - streamed);
  return start + dayMs + growth(share) * (now - start - dayMs);
}

/** When that share of all has come: four times as many a day at the end as in the beginning. */
function growth(share: number): number {
  return (Math.sqrt(0.16 + 2.4 * share) - 0.4) / 1.2;
}

const firstPlans: readonly [[SamplePlan, number], ...[SamplePlan, number][]] = [
  [plans.weekly, 12],
  [plans.monthly, 36],
  [plans.trial, 28],
  [plans.yearly, 8],
  [plans.circle, 8],
  [plans.lifetime, 8],
];

function promoCodeAt(at: number, seasons: Seasons, chance: Chance): PromoCode | null {
  if (isWithin(at, seasons.promotion) || isWithin(at, seasons.encore) || !chance.happens(0.16)) return null;
  return chance.happens(0.5) ? promoCodes.welcome : promoCodes.friends;
}

/** Some begin again: at once on another plan, or months later. */
function sequel(person: Person, { at, next }: Ending, chance: Chance): Start | null {
  if (next !== null) return { person, ...next, promoCode: null };
  if (!chance.happens(0.16)) return null;
  const plan = chance.pick([plans.monthly, plans.monthly, plans.weekly]);
  return { person, plan, at: wholeSecond(at + chance.between(8, 90) * dayMs), promoCode: null };
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
