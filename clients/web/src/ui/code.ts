// The code by which people join, for those who may show it.
import type { Access } from '@summit/client';

/** From the conference where the server tells it to this role, else from `?code=` of the address. */
export function joinCode({ conference }: Access): string | null {
  const { code } = conference as { code?: string };
  return code ?? new URLSearchParams(location.search).get('code');
}

export const joinLink = (code: string): string => `${location.origin}/j/${code}`;

/** In two halves, as people read it out. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
