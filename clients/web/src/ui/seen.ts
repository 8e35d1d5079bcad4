// Calls when the end of a list comes near, before anybody sees it.
import type { Attachment } from 'svelte/attachments';

const ahead = '800px';

export function whenSeen(call: () => void): Attachment<HTMLElement> {
  return (node) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) call();
      },
      { rootMargin: ahead },
    );
    observer.observe(node);
    return () => observer.disconnect();
  };
}
