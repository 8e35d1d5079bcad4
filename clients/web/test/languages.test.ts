import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { catalogues } from '../build/catalogues.ts';
import type * as Words from '../src/i18n/index.svelte.ts';

let folder: string;
let server: ViteDevServer;

// The words of the app with one file more: Slovene, begun but not finished.
beforeEach(async () => {
  folder = mkdtempSync(resolve('node_modules/.languages-'));
  cpSync('src/i18n', join(folder, 'i18n'), { recursive: true });
  cpSync('src/storage.ts', join(folder, 'storage.ts'));
  writeFileSync(
    join(folder, 'i18n', 'sl.json'),
    JSON.stringify({
      settings: 'Nastavitve',
      'pulse.cities': '{count, plural, one {# mesto} two {# mesti} few {# mesta} other {# mest}}',
    }),
  );
  server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    plugins: [svelte({ configFile: false }), catalogues()] as Plugin[],
  });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it('are one file each: what it lacks is said in English, and counted as English counts', async () => {
  const { words, chooseLanguage, t, said } = (await server.ssrLoadModule('/i18n/index.svelte.ts')) as typeof Words;
  expect(words.all.map(({ code }) => code)).toEqual(['bg', 'en', 'sl']);
  expect(words.all).toContainEqual({ code: 'sl', name: 'Slovenščina' });

  await chooseLanguage('sl');
  expect(document.documentElement.lang).toBe('sl');
  expect(t('settings')).toBe('Nastavitve');
  expect([1, 2, 3, 5, 102].map((count) => t('pulse.cities', { count }))).toEqual([
    '1 mesto',
    '2 mesti',
    '3 mesta',
    '5 mest',
    '102 mesti',
  ]);

  expect(t('settings.language')).toBe('Language');
  expect([1, 101].map((count) => t('vote.cast', { count }))).toEqual(['1 ballot', '101 ballots']);
  expect(said('no.such.text')).toBeUndefined();

  await chooseLanguage('bg');
  expect(t('pulse.cities', { count: 21 })).toBe('21 града');
});
