import { type RefObject, useLayoutEffect } from 'react';

const LEAST = 340;

/**
 * Makes an element as high as the room that is left in the window, so that a list scrolls inside it while the composer
 * stays in reach; also above the keyboard of a phone. In a very low window the page scrolls instead.
 */
export function useFillHeight(ref: RefObject<HTMLElement | null>, fills: boolean): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !fills) return;
    let set = 0;
    const fit = () => {
      const seen = window.visualViewport?.height ?? window.innerHeight;
      const top = element.getBoundingClientRect().top + window.scrollY;
      const height = Math.max(LEAST, Math.floor(seen - top - spaceBelow(element)));
      if (Math.abs(height - set) < 2) return;
      set = height;
      element.style.height = `${height}px`;
    };
    fit();
    // What stands above may grow and shrink, come and go: details that open, the banner of the connection. The page is
    // never lower than the window, so its own height does not tell.
    const sizes = new ResizeObserver(fit);
    const around = ancestors(element);
    const watch = () => {
      sizes.disconnect();
      for (const parent of around) for (const child of parent.children) sizes.observe(child);
    };
    const comings = new MutationObserver(watch);
    for (const parent of around) comings.observe(parent, { childList: true });
    watch();
    window.addEventListener('resize', fit);
    window.visualViewport?.addEventListener('resize', fit);
    return () => {
      sizes.disconnect();
      comings.disconnect();
      window.removeEventListener('resize', fit);
      window.visualViewport?.removeEventListener('resize', fit);
      element.style.height = '';
    };
  }, [ref, fills]);
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let parent = element.parentElement; parent; parent = parent.parentElement) found.push(parent);
  return found;
}

// What the page keeps free below: the paddings of its frames, less what a negative margin takes back.
function spaceBelow(element: HTMLElement): number {
  let sum = Number.parseFloat(getComputedStyle(element).marginBottom) || 0;
  for (const parent of ancestors(element)) {
    sum += Number.parseFloat(getComputedStyle(parent).paddingBottom) || 0;
  }
  return sum;
}
