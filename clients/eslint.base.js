// The rules both packages share. Types decide; formatting is Prettier's.
import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';

export const base = ts.config(
  { ignores: ['**/dist/', '**/node_modules/'] },
  js.configs.recommended,
  ts.configs.strict,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
);
