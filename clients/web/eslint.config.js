import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { base } from '../eslint.base.js';

export default ts.config(
  ...base,
  ...svelte.configs.recommended,
  { files: ['public/worker.js'], languageOptions: { globals: globals.serviceworker } },
  {
    files: ['**/*.svelte', '**/*.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      // What people typed is shown as text, always.
      'svelte/no-at-html-tags': 'error',
      // Sets and maps are replaced here, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      // {' · '} keeps blanks that Svelte would trim.
      'svelte/no-useless-mustaches': 'off',
    },
  },
);
