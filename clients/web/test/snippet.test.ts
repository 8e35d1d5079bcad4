import { expect, it } from 'vitest';
import { joinAddress, snippet, stageAddress } from '../src/programs/snippet.ts';

it('shows the door by its code and the stage by its code and its secret', () => {
  expect(joinAddress('https://summit.example', 'KRM4TB')).toBe('https://summit.example/j/KRM4TB');
  expect(stageAddress('https://summit.example', 'KRM4TB', 'http://inside/s#a-secret')).toBe(
    'https://summit.example/s?embed&next&in=KRM4TB#a-secret',
  );
});

it('lets no title out of its attribute', () => {
  const made = snippet('https://summit.example/s?embed&in=KRM4TB', 'Trade" onload="alert(1)"><script>&');
  const page = new DOMParser().parseFromString(made, 'text/html');
  const frame = page.querySelector('iframe');
  expect(page.body.children).toHaveLength(1);
  expect(frame?.title).toBe('Trade" onload="alert(1)"><script>&');
  expect(frame?.hasAttribute('onload')).toBe(false);
  expect(frame?.getAttribute('src')).toBe('https://summit.example/s?embed&in=KRM4TB');
});
