// The support two items would have as one: who supported both counts once, and only the server knows who did.
import { SummitFault, unitedSupport, type Item } from '@summit/client';
import { faultText } from '../i18n/faults.ts';
import { t } from '../i18n/index.svelte.ts';
import type { Live } from '../live/live.svelte.ts';

// Somebody walking down the list of targets with the arrow keys asks for the last one only.
const settled = 150;

export class United {
  /** A sentence with the number, or why there is none; empty until it is known. */
  text = $state('');

  /** Asked again whenever the support of one of them changes. */
  constructor(live: Live, pair: () => readonly [Item, Item] | null) {
    $effect(() => {
      const [item, into] = pair() ?? [];
      if (!item || !into) {
        this.text = '';
        return;
      }
      void [item.support, into.support];
      const left = new AbortController();
      const timer = setTimeout(() => void this.#ask(live, item, into, left.signal), settled);
      return () => {
        clearTimeout(timer);
        left.abort();
      };
    });
  }

  async #ask({ access, session }: Live, item: Item, into: Item, signal: AbortSignal): Promise<void> {
    if (!session) return;
    const merge = { session: session.id, item: item.id, into: into.id };
    try {
      const support = await unitedSupport('', access.token, merge, { signal });
      if (!signal.aborted) this.text = t('merge.preview', { support });
    } catch (fault) {
      if (!(fault instanceof SummitFault)) throw fault;
      if (!signal.aborted) this.text = faultText(fault.fault);
    }
  }
}
