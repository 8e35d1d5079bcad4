// What the browser keeps for this app: the language, the theme, access and drafts.
import { browserStorage } from '@summit/client/storage';

export const storage = browserStorage();
