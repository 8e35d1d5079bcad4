// The words of networks: whoever imports this has them before anything is drawn.
import type { Catalogue } from '../i18n/catalogues.ts';
import { learn } from '../i18n/index.svelte.ts';

const files = import.meta.glob<Catalogue>('../i18n/network/*.json', { import: 'default' });

await learn((code) => {
  // A language that is only begun may have no file here yet.
  const load = files[`../i18n/network/${code}.json`] ?? files['../i18n/network/en.json'];
  if (!load) throw new Error('There are no words for networks.');
  return load();
});
