import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { catalogues } from './build/catalogues.ts';
import { earlyFirst } from './build/early.ts';

const server = process.env.SUMMIT_SERVER ?? 'http://127.0.0.1:5080';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), catalogues(), earlyFirst()] as Plugin[],
  // Svelte's own build for browsers, in tests too: its server build cannot mount a component.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    outDir: process.env.WEB_OUT ?? '../../src/Summit.Server/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // Browsers without it load what is imported all the same, only later.
    modulePreload: { polyfill: false },
    // A data: URI would have to be allowed by the content security policy of every page.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/live': { target: server, ws: true } } },
  test: { environment: 'jsdom', include: ['test/**/*.test.ts'] },
}));
