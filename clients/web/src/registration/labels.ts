// What a field is called on the screen, and how a code is written so that it can be read out.
import { said } from '../i18n/index.svelte.ts';
import type { FormField } from './types.ts';

export const usual = ['name', 'mail', 'city', 'function', 'languages', 'diet'] as const;

export const labelOf = ({ key, label }: Pick<FormField, 'key' | 'label'>): string =>
  label || (said(`registration.field.${key}`) ?? key);

/** In groups of three. */
export const inGroups = (code: string): string => code.replace(/(.{3})(?=.)/g, '$1-');
