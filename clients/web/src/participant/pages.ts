// What a participant goes to and fro between: one part of the bundle.
export { default as Participant } from './Participant.svelte';
export { default as Programme } from './Programme.svelte';
