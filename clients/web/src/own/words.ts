// The words of one's own data: whoever imports this has them before anything is drawn.
import type { Catalogue } from '../i18n/catalogues.ts';
import { learn } from '../i18n/index.svelte.ts';

await learn(import.meta.glob<Catalogue>('../i18n/own/*.json', { import: 'default' }));
