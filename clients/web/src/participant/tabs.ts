// What a participant can turn to, as the session's policies allow.
import type { Policies } from '@summit/client';

export type Tab = 'questions' | 'comments' | 'proposals' | 'mine';

export function tabs(policies: Policies | undefined): Tab[] {
  if (!policies) return ['questions', 'mine'];
  const taken: Record<Tab, boolean> = {
    questions: policies.questions,
    comments: policies.comments,
    proposals: policies.proposals,
    mine: true,
  };
  return (Object.keys(taken) as Tab[]).filter((tab) => taken[tab]);
}

/** The tab beside, as the arrow keys walk, round the corner too. */
export function beside(all: readonly Tab[], current: Tab, step: -1 | 1): Tab {
  return all[(all.indexOf(current) + step + all.length) % all.length] ?? current;
}
