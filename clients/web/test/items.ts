// Items for tests: what matters is given, the rest is plain.
import type { Item, ItemId, OwnItem, Session, SessionId, ConferenceId } from '@summit/client';

export const id = (name: string): ItemId => name as ItemId;

export function item(name: string, given: Partial<Item> = {}): Item {
  return {
    id: id(name),
    number: 1,
    kind: 'question',
    text: name,
    lang: 'en',
    state: 'published',
    support: 0,
    author: null,
    at: '2026-03-01T10:00:00Z',
    changed: 1,
    trail: [{ state: 'published', at: '2026-03-01T10:00:00Z' }],
    ...given,
  };
}

export function own(name: string, given: Partial<OwnItem> = {}): OwnItem {
  return {
    ...item(name),
    own: true,
    anonymous: false,
    trail: [{ state: 'published', at: '2026-03-01T10:00:00Z' }],
    ...given,
  };
}

export const session: Session = {
  id: 's' as SessionId,
  conference: 'c' as ConferenceId,
  title: 'Session',
  lang: 'en',
  state: 'open',
  starts: '2026-03-01T10:00:00Z',
  ends: '2026-03-01T11:00:00Z',
  onStage: null,
  policies: {
    review: false,
    questions: true,
    comments: true,
    proposals: true,
    support: true,
    anonymous: 'allowed',
    moderatorsSeeNames: false,
    nameRequired: false,
    cityRequired: false,
    maxLength: 500,
    maxOpen: 5,
    perMinute: 6,
    reportThreshold: 3,
    stageNext: 3,
    reasons: [
      { code: 'off-topic', text: 'Off topic.' },
      { code: 'own-1', text: 'Too late.' },
    ],
  },
  changed: 1,
};
