// A session that is taken up to change places with another: dragged there, or by two buttons, which do the same.
import type { PlacedSession } from '../../event/types.ts';

export class Moving {
  /** Taken up and not put down yet. */
  taken = $state.raw<PlacedSession | null>(null);

  constructor(private readonly exchange: (one: PlacedSession, other: PlacedSession) => void) {}

  take(session: PlacedSession): void {
    this.taken = this.taken?.id === session.id ? null : session;
  }

  /** Nothing for the one that is taken up itself, or when none is. */
  put(target: PlacedSession): void {
    const { taken } = this;
    this.taken = null;
    if (taken && taken.id !== target.id) this.exchange(taken, target);
  }
}
