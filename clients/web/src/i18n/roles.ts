// The words of those who came by a link: moderators, hosts, the stage, the administrator. Whoever imports this has them
// before anything is drawn; participants never load them.
import { learn } from './index.svelte.ts';
import type { Catalogue } from './catalogues.ts';

await learn(import.meta.glob<Catalogue>('./roles/*.json', { import: 'default' }));
