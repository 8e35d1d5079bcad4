// One part for early.ts, which runs as soon as it is there, one for the door and one for the pages of participants: each
// is one request that is made in time, instead of a dozen that are found out one after another.
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

export function earlyFirst(): Plugin {
  const source = (name: string): string => new URL(`../src/${name}.ts`, import.meta.url).pathname;
  const part = (name: string, from: string, priority: number): Rolldown.CodeSplittingGroup => {
    const needed = needs(source(from));
    return {
      name: (id: string, modules: Modules) => (needed(id, modules) ? name : null),
      debugName: name,
      priority,
      includeDependenciesRecursively: false,
    };
  };
  const groups = [part('early', 'early', 3), part('main', 'main', 2), part('participant', 'participant/pages', 1)];
  return {
    name: 'summit-early-first',
    config: () => ({ build: { rolldownOptions: { output: { codeSplitting: { groups } } } } }),
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!bundle) return html;
        const early = Object.values(bundle).find(
          (made) => made.type === 'chunk' && made.moduleIds.includes(source('early')),
        );
        const preload = `<link rel="modulepreload" crossorigin href="/${early?.fileName}">`;
        if (!html.includes(preload)) throw new Error('The page does not load early.ts as a part of its own.');
        const script = `<script type="module" crossorigin src="/${early?.fileName}"></script>`;
        return html
          .replace(`    ${preload}\n`, '')
          .replace('<script type="module"', `${script}\n    <script type="module"`);
      },
    },
  };
}
