// What was refused, in the reader's language where the catalogue has the code, else as the server put it.
import type { Fault } from '@summit/client';
import type { Catalogue } from './catalogues.ts';
import { learn, said, t } from './index.svelte.ts';

const files = import.meta.glob<Catalogue>('./refused/*.json', { import: 'default' });
let asked = false;

/** Nobody is refused before they have done something: these words come after the first view. */
export async function learnRefusals(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    await learn(files);
  } catch {
    // The line broke. The next text asks again.
    asked = false;
  }
}

export function faultText(fault: Fault | undefined): string {
  if (!fault) return t('fault.unknown');
  return refusal(`fault.${fault.code}`) ?? (fault.message || t('fault.unknown'));
}

export function reasonText(reason: { code: string; text: string }): string {
  return refusal(`reason.${reason.code}`) ?? reason.text;
}

function refusal(key: string): string | undefined {
  void learnRefusals();
  return said(key);
}
