/** Where a row stands, from above. */
interface Extent {
  top: number;
  bottom: number;
}

/**
 * The first and the last of `count` rows, one below the other, that reach into what is seen between `top` and `bottom`;
 * null when none does. Looks at a few rows, however many there are.
 */
export function visibleRange(
  count: number,
  extentOf: (row: number) => Extent,
  { top, bottom }: Extent,
): [number, number] | null {
  const from = firstRow(count, (row) => extentOf(row).bottom > top);
  const to = firstRow(count, (row) => extentOf(row).top >= bottom) - 1;
  return from <= to ? [from, to] : null;
}

/** The first row for which it is true, given that it is true for all behind it; `count` when for none. */
function firstRow(count: number, isTrue: (row: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
