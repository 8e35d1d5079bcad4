// The code by which people join, as it is shown and handed on.

export const joinLink = (code: string): string => `${location.origin}/j/${code}`;

/** In two halves, as people read it out. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
