// Away at an organisation's page, and back.
import { t } from '../i18n/index.svelte.ts';

const place = 'summit.linking';

const said = new URLSearchParams(location.search).get('sign-in');

/** Whether an organisation's page has just sent this browser back with its word. */
export const isBack = said === 'back';

/** Why it sent this browser back without it; empty when it did not. */
export const whyNot = (): string =>
  said === 'declined' ? t('signIn.declined') : said === 'failed' ? t('signIn.failed') : '';

/** Remembers that this person leaves to link an account; the address must not say so, since anybody can write one. */
export const leaveToLink = (person: string): void => sessionStorage.setItem(place, person);

/** Whether this person left for that, in this tab; once. */
export function cameToLink(person: string): boolean {
  const left = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  return isBack && left === person;
}
