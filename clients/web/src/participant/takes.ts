// Whether a session takes a kind of item now, and who will see the name.
import type { ItemKind, Session } from '@summit/client';
import type { Key } from '../i18n/index.svelte.ts';

export function takes({ state, policies }: Session, kind: ItemKind): boolean {
  const taken: Record<ItemKind, boolean> = {
    question: policies.questions,
    comment: policies.comments,
    proposal: policies.proposals,
  };
  return (state === 'open' || isAhead({ state, policies }, kind)) && taken[kind];
}

/** Asked before it begins: the server takes it from those who are registered. */
export const isAhead = ({ state, policies }: Pick<Session, 'state' | 'policies'>, kind: ItemKind): boolean =>
  state === 'scheduled' && kind === 'question' && policies.advance === true;

/** The sentence beside the button: who sees the name, said before it is pressed. */
export function whoSees({ policies }: Session, anonymous: boolean): Key {
  if (policies.anonymous === 'never' || !anonymous) return 'compose.named';
  return policies.moderatorsSeeNames ? 'compose.moderatorsSee' : 'compose.nobodySees';
}
