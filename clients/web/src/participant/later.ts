// What participants need only after the first look at a session: one part of the bundle, loaded once that is on the screen.
import { learnRefusals } from '../i18n/faults.ts';

export { default as Comments } from './Comments.svelte';
export { default as Mine } from './Mine.svelte';
export { default as OwnCard } from './OwnCard.svelte';
export { default as OwnDevice } from './OwnDevice.svelte';
export { default as Programme } from './Programme.svelte';
export { default as Report } from './Report.svelte';
export { default as SentCard } from './SentCard.svelte';
export { default as Similar } from './Similar.svelte';
export { default as Writing } from './Writing.svelte';
export { asked } from './asked.ts';

void learnRefusals();
