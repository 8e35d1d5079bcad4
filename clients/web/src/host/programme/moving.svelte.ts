// A session that is taken up to change places with another, or to go to a free place: dragged there, or by two buttons, which do the same.
import type { PlacedSession } from '../../event/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import { exchange, movedTo, type Moved, type Place } from './commands.ts';

export class Moving {
  /** Taken up and not put down yet. */
  taken = $state.raw<PlacedSession | null>(null);

  /** Put into a free place just now: the button that did it is gone, so the session's own takes the focus. */
  landed = $state.raw<PlacedSession | null>(null);

  /** `said` is how it is told once it is done. */
  constructor(private readonly put: (moved: readonly Moved[], said: string) => void) {}

  take(session: PlacedSession): void {
    this.taken = this.taken?.id === session.id ? null : session;
  }

  /** Nothing for the one that is taken up itself, or when none is. */
  onto(target: PlacedSession): void {
    const { taken } = this;
    this.taken = null;
    if (taken && taken.id !== target.id)
      this.put(exchange(taken, target), t('plan.exchanged', { one: taken.title, other: target.title }));
  }

  into(place: Place, time: string): void {
    const { taken } = this;
    this.taken = null;
    this.landed = taken;
    if (taken) this.put([movedTo(taken, place)], t('plan.moved', { title: taken.title, room: place.room, time }));
  }
}
