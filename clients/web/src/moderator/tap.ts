// A tap that was meant for the card which lay there a moment ago does nothing to the one that lies there now.
import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';
import type { Column } from '../view/columns.ts';
import type { Board } from './board.svelte.ts';

/** For the list of a column. Keys are guarded by the board itself: they mean the selected card, not a place. */
export function steadyTaps(board: Board, column: Column): Attachment<HTMLElement> {
  return (list) =>
    on(
      list,
      'click',
      (event) => {
        // A button that was pressed by a key reports no clicks.
        const card = event.detail > 0 && event.target instanceof Element ? event.target.closest('li') : null;
        if (!card || board.steady(column, [...list.children].indexOf(card))) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
}
