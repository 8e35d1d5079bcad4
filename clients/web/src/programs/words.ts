// The words of the page of other programs: whoever imports this has them before anything is drawn.
import type { Catalogue } from '../i18n/catalogues.ts';
import { learn } from '../i18n/index.svelte.ts';
import '../i18n/roles.ts';

await learn(import.meta.glob<Catalogue>('../i18n/programs/*.json', { import: 'default' }));
