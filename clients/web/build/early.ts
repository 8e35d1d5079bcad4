// One part for early.ts, which runs as soon as it is there, one for what every page needs, one for a session as a participant
// first sees it, one for the settings and other sheets, and one for what participants turn to later: each is one request that is made in time, instead of a dozen
// that are found out one after another.
import type { Plugin, Rolldown } from 'vite';

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** What a source of ours needs before it can run. */
function needs(source: string): (id: string, modules: Modules) => boolean {
  const found = new Set<string>();
  function walk(id: string, modules: Modules): void {
    if (found.has(id)) return;
    found.add(id);
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) walk(next, modules);
  }
  return (id, modules) => {
    if (found.size === 0) walk(source, modules);
    return found.has(id);
  };
}

type Belongs = ReturnType<typeof needs>;

export function earlyFirst(): Plugin {
  const source = (name: string): string => new URL(`../src/${name}`, import.meta.url).pathname;
  const needed = (name: string): Belongs => needs(source(name));
  const part = (name: string, belongs: Belongs, priority: number): Rolldown.CodeSplittingGroup => ({
    name: (id: string, modules: Modules) => (belongs(id, modules) ? name : null),
    debugName: name,
    priority,
    includeDependenciesRecursively: false,
  });
  const [main, door, session] = [
    needed('main.ts'),
    needed('join/Join.svelte'),
    needed('participant/Participant.svelte'),
  ];
  const groups = [
    part('early', needed('early.ts'), 5),
    part('main', (...of) => main(...of) || (door(...of) && session(...of)), 4),
    part('participant', session, 3),
    part('settings', needed('ui/SettingsSheet.svelte'), 2),
    part('later', needed('participant/later.ts'), 1),
  ];
  return {
    name: 'summit-early-first',
    config: () => ({ build: { rolldownOptions: { output: { codeSplitting: { groups } } } } }),
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!bundle) return html;
        const early = Object.values(bundle).find(
          (made) => made.type === 'chunk' && made.moduleIds.includes(source('early.ts')),
        );
        const scripts = [...html.matchAll(/<script[^>]* src="\/([^"]+)"/g)].map(([, path]) => path);
        if (!early || scripts[0] !== early.fileName) throw new Error('The page does not begin with early.ts.');
        return html;
      },
    },
  };
}
