// Light or dark: as the device says, until the person says otherwise.
import { storage } from './storage.ts';

export type Theme = 'auto' | 'light' | 'dark';

const place = 'summit.theme';
const themes: readonly Theme[] = ['auto', 'light', 'dark'];
let chosen = $state<Theme>('auto');

export const theme = {
  get chosen(): Theme {
    return chosen;
  },
  choose(next: Theme): void {
    chosen = next;
    storage.set(place, next);
    show();
  },
};

export function startTheme(): void {
  chosen = themes.find((known) => known === storage.get(place)) ?? 'auto';
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}

function show(): void {
  const dark = chosen === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
