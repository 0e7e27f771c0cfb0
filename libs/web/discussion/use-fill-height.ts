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
    // What stands above may grow and shrink: details that open, the banner of the connection.
    const observer = new ResizeObserver(fit);
    observer.observe(document.body);
    window.addEventListener('resize', fit);
    window.visualViewport?.addEventListener('resize', fit);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', fit);
      window.visualViewport?.removeEventListener('resize', fit);
      element.style.height = '';
    };
  }, [ref, fills]);
}

// What the page keeps free below: the paddings of its frames, less what a negative margin takes back.
function spaceBelow(element: HTMLElement): number {
  let sum = Number.parseFloat(getComputedStyle(element).marginBottom) || 0;
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    sum += Number.parseFloat(getComputedStyle(parent).paddingBottom) || 0;
  }
  return sum;
}
