// Gives each language the English texts it lacks: one that is only begun can be used, and nobody loads two.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

export function catalogues(): Plugin {
  return {
    name: 'summit-catalogues',
    enforce: 'pre',
    transform(code, id) {
      const folder = /^(.*\/i18n\/(?:[\w-]+\/)?)[\w-]+\.json$/.exec(id)?.[1];
      if (!folder) return null;
      const texts = JSON.parse(code) as Record<string, string>;
      const all = JSON.parse(readFileSync(`${folder}en.json`, 'utf8')) as Record<string, string>;
      const english = Object.fromEntries(Object.entries(all).filter(([key]) => !(key in texts)));
      return { code: JSON.stringify({ texts, english }), map: null };
    },
  };
}
