// Why something was not taken, in words: a status as the receiver answered it, or why there was none.
import { said, t } from '../i18n/index.svelte.ts';

export const failureText = (failure: string): string =>
  said(`hooks.failure.${failure}`) ?? t('hooks.answered', { status: failure });
