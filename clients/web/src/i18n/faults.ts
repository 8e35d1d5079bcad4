// What was refused, in the reader's language where the catalogue has the code, else as the server put it.
import type { Fault } from '@summit/client';
import { said, t } from './index.svelte.ts';

export function faultText(fault: Fault | undefined): string {
  if (!fault) return t('fault.unknown');
  return said(`fault.${fault.code}`) ?? (fault.message || t('fault.unknown'));
}

export function reasonText(reason: { code: string; text: string }): string {
  return said(`reason.${reason.code}`) ?? reason.text;
}
