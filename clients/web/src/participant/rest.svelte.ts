// What a session's page gets after the first look: asked for until it has come, so that a line that broke costs nothing but time.
import { pages } from '../pages.ts';

let parts = $state.raw<Awaited<ReturnType<typeof pages.later>>>();

export const rest = {
  get parts(): typeof parts {
    return parts;
  },
  async load(): Promise<void> {
    try {
      parts ??= await pages.later();
    } catch {
      // The line broke. It is asked for again with the next one.
    }
  },
};
