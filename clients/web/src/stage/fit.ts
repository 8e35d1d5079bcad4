// Sets a text as large as its place allows, in any script and font: measured, not guessed.
import type { Attachment } from 'svelte/attachments';

// Hundredths of the screen's unit; below the least nobody in the last row reads it, so a text that long is cut there.
const most = 620;
const least = 150;
const exact = 8;

/** Sets `--size` on the node, the largest with which it fits into its parent; again whenever one of them changes. */
export function fit(): Attachment<HTMLElement> {
  return (node) => {
    const place = node.parentElement;
    if (!place) return;
    const set = (size: number): void => node.style.setProperty('--size', `calc(${size / 100} * var(--u))`);
    const fits = (): boolean => node.scrollHeight <= place.clientHeight && node.scrollWidth <= place.clientWidth;

    const measure = (): void => {
      let low = least;
      let high = most;
      while (high - low > exact) {
        const middle = Math.round((low + high) / 2);
        set(middle);
        if (fits()) low = middle;
        else high = middle;
      }
      set(low);
    };

    const observer = new ResizeObserver(measure);
    observer.observe(place);
    // A corrected text, a vote that ends.
    const rewritten = new MutationObserver(measure);
    rewritten.observe(node, { childList: true, characterData: true, subtree: true });
    void document.fonts.ready.then(measure);
    return () => {
      observer.disconnect();
      rewritten.disconnect();
    };
  };
}
