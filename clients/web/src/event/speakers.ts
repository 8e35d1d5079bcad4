// Who speaks, as it is shown: of whoever was erased the place in the programme is left.
import { t } from '../i18n/index.svelte.ts';
import type { Speaker } from './types.ts';

export const nameOf = ({ name }: Speaker): string => name || t('event.speakerErased');
