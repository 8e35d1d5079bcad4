// What participants need only after the first look at a session: one part of the bundle, loaded once that is on the screen.
export { default as Comments } from './Comments.svelte';
export { default as Mine } from './Mine.svelte';
export { default as Notice } from './Notice.svelte';
export { default as OwnCard } from './OwnCard.svelte';
export { default as OwnDevice } from './OwnDevice.svelte';
export { default as Programme } from './Programme.svelte';
export { default as ReportSheet } from './ReportSheet.svelte';
export { default as Similar } from './Similar.svelte';
