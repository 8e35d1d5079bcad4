// Waiting: how long before the next try, cut short when there is news, and never for ever.

/**
 * Milliseconds before the given attempt, counted from 0: doubling from 0.25-0.5 s to 5-10 s. Half of it is chance, so
 * that a hall full of phones does not come back in step after the server restarted.
 */
export function backOff(attempt: number, chance: () => number = Math.random): number {
  const ceiling = Math.min(10_000, 500 * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * chance();
}

/** A wait that somebody can cut short. */
export class Pause {
  #end: (() => void) | null = null;

  wait(milliseconds: number): Promise<void> {
    this.end();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#end = end;
    });
  }

  end(): void {
    this.#end?.();
  }
}

/** What was awaited did not come in time. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** `work`, or {@link TooLate}. The work itself goes on unheard. */
export function within<T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate(`${what} took longer than ${milliseconds} ms.`)), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
