// The moderators' keys: one for each action. The page of help is made from this table too.
export type Action =
  | 'next'
  | 'previous'
  | 'left'
  | 'right'
  | 'approve'
  | 'decline'
  | 'queue'
  | 'earlier'
  | 'later'
  | 'stage'
  | 'answer'
  | 'write'
  | 'follow-up'
  | 'merge'
  | 'back'
  | 'undo'
  | 'correct'
  | 'label'
  | 'note'
  | 'clear'
  | 'mute'
  | 'vote'
  | 'mark'
  | 'new'
  | 'search'
  | 'help';

export interface KeyOf {
  readonly action: Action;
  /** What is pressed, as KeyboardEvent.code names it: the place of the key, so that it works with every layout and script. */
  readonly code: string;
  readonly shift?: true;
  /** How it is written in the help. */
  readonly shown: string;
}

export const keys: readonly KeyOf[] = [
  { action: 'next', code: 'KeyJ', shown: 'J' },
  { action: 'next', code: 'ArrowDown', shown: '↓' },
  { action: 'previous', code: 'KeyK', shown: 'K' },
  { action: 'previous', code: 'ArrowUp', shown: '↑' },
  { action: 'left', code: 'KeyH', shown: 'H' },
  { action: 'left', code: 'ArrowLeft', shown: '←' },
  { action: 'right', code: 'KeyL', shown: 'L' },
  { action: 'right', code: 'ArrowRight', shown: '→' },
  { action: 'approve', code: 'KeyA', shown: 'A' },
  { action: 'decline', code: 'KeyD', shown: 'D' },
  { action: 'queue', code: 'KeyQ', shown: 'Q' },
  { action: 'earlier', code: 'KeyK', shift: true, shown: 'Shift K' },
  { action: 'earlier', code: 'ArrowUp', shift: true, shown: 'Shift ↑' },
  { action: 'later', code: 'KeyJ', shift: true, shown: 'Shift J' },
  { action: 'later', code: 'ArrowDown', shift: true, shown: 'Shift ↓' },
  { action: 'stage', code: 'KeyS', shown: 'S' },
  { action: 'answer', code: 'KeyW', shown: 'W' },
  { action: 'write', code: 'KeyW', shift: true, shown: 'Shift W' },
  { action: 'follow-up', code: 'KeyF', shown: 'F' },
  { action: 'merge', code: 'KeyM', shown: 'M' },
  { action: 'back', code: 'KeyB', shown: 'B' },
  { action: 'undo', code: 'KeyZ', shown: 'Z' },
  { action: 'correct', code: 'KeyC', shown: 'C' },
  { action: 'label', code: 'KeyT', shown: 'T' },
  { action: 'note', code: 'KeyN', shown: 'N' },
  { action: 'clear', code: 'KeyR', shown: 'R' },
  { action: 'mute', code: 'KeyU', shown: 'U' },
  { action: 'vote', code: 'KeyV', shown: 'V' },
  { action: 'mark', code: 'KeyX', shown: 'X' },
  { action: 'new', code: 'Period', shown: '.' },
  { action: 'search', code: 'Slash', shown: '/' },
  { action: 'help', code: 'Slash', shift: true, shown: '?' },
];

export interface Pressed {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function actionOf(pressed: Pressed): Action | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  // Written signs go by what was written: they lie elsewhere on other keyboards.
  if (pressed.key === '?') return 'help';
  if (pressed.key === '/') return 'search';
  return keys.find(({ code, shift = false }) => code === pressed.code && shift === pressed.shiftKey)?.action ?? null;
}

export const keyOf = (action: Action): string => keys.find((key) => key.action === action)?.shown ?? '';

/** The table of the help: each action once, with all its keys. */
export function keyTable(): { action: Action; shown: string[] }[] {
  const actions = [...new Set(keys.map(({ action }) => action))];
  return actions.map((action) => ({
    action,
    shown: keys.filter((key) => key.action === action).map((key) => key.shown),
  }));
}
