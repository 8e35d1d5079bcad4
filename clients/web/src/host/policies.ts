// The rules of a session as a form.
import type { Policies, Reason } from '@summit/client';

export const flags = [
  'review',
  'questions',
  'advance',
  'comments',
  'proposals',
  'support',
  'moderatorsSeeNames',
  'nameRequired',
  'cityRequired',
] as const satisfies readonly (keyof Policies)[];

// The server's own bounds.
export const numbers = [
  { name: 'maxLength', least: 1, most: 5000 },
  { name: 'maxOpen', least: 1, most: 10_000 },
  { name: 'perMinute', least: 1, most: 10_000 },
  { name: 'reportThreshold', least: 0, most: 10_000 },
  { name: 'stageNext', least: 0, most: 10 },
] as const satisfies readonly { name: keyof Policies; least: number; most: number }[];

/** Only what differs: two hosts who change different things do not undo each other. */
export function changes(before: Policies, now: Policies): Partial<Policies> {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Policies]),
    ),
  );
}

export const reasonLines = (reasons: readonly Reason[]): string => reasons.map(({ text }) => text).join('\n');

/** A reason a line. One whose text stayed keeps its code; a new or changed one gets its own. */
export function reasonsFrom(lines: string, before: readonly Reason[]): Reason[] {
  const texts = [...new Set(lines.split('\n').map((line) => line.trim()))].filter(Boolean);
  const used = new Set(before.map(({ code }) => code));
  return texts.map((text) => {
    const kept = before.find((reason) => reason.text === text);
    if (kept) return kept;
    let number = 1;
    while (used.has(`own-${number}`)) number++;
    used.add(`own-${number}`);
    return { code: `own-${number}`, text };
  });
}
