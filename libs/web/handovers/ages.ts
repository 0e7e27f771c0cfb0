const MINUTE_MS = 60_000;

/**
 * Ages in whole minutes that add up to the whole minutes of all together: each is the step between the rounded sums
 * before and after it, so that nothing is lost between the lines of a list.
 */
export function wholeMinutes(ages: readonly number[]): number[] {
  let sum = 0;
  return ages.map((age) => {
    const before = Math.floor(sum / MINUTE_MS);
    sum += age;
    return Math.floor(sum / MINUTE_MS) - before;
  });
}

/** Hours and minutes of a number of minutes. */
export function split(minutes: number): [hours: number, minutes: number] {
  return [Math.floor(minutes / 60), minutes % 60];
}
