const niceSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export type Scale = { min: number; max: number; stepSize: number };

/**
 * The narrowest axis that holds zero and all values between round numbers at most `intervals` steps apart; whole
 * numbers, where fractions mean nothing.
 */
export function niceScale(values: number[], intervals: number, numbers: 'any' | 'whole' = 'any'): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  if (low === high) return { min: 0, max: 1, stepSize: 1 };
  const magnitude = 10 ** Math.floor(Math.log10((high - low) / intervals));
  const fits = (step: number): boolean =>
    Math.ceil(high / step) + Math.ceil(-low / step) <= intervals && (numbers === 'any' || Number.isInteger(step));
  const stepSize =
    [1, 10].flatMap((power) => niceSteps.map((nice) => nice * (magnitude * power))).find(fits) ?? high - low;
  return { min: 0 - steps(-low, stepSize), max: steps(high, stepSize), stepSize };
}

/** The multiple of the step that reaches a distance, without the noise of binary fractions. */
function steps(distance: number, stepSize: number): number {
  return Number((Math.ceil(distance / stepSize) * stepSize).toPrecision(12));
}
