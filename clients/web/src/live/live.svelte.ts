// One session as the screens see it: the client's state in runes, closed with the component that opened it.
import {
  emptyRoom,
  LiveSession,
  type Access,
  type CommandId,
  type ItemId,
  type LiveState,
  type NewCommand,
  type Reaction,
  type SessionId,
} from '@summit/client';
import { onDestroy } from 'svelte';
import { firstPicture } from '../early.ts';
import { words } from '../i18n/index.svelte.ts';
import { languageOf } from '../view/lang.ts';
import { online } from 'svelte/reactivity/window';

export class Live {
  readonly access: Access;
  #client: LiveSession;
  #state = $state.raw<LiveState>({ room: emptyRoom, connection: 'connecting', posted: [] });

  readonly room = $derived(this.#state.room);
  readonly session = $derived(this.#state.room.session);
  /** The browser often knows of a lost line before the socket does. */
  readonly connection = $derived(
    online.current === false && this.#state.connection !== 'ended' ? 'offline' : this.#state.connection,
  );
  readonly posted = $derived(this.#state.posted);
  readonly ended = $derived(this.#state.ended);
  readonly items = $derived([...this.#state.room.items.values()]);

  constructor(access: Access, session: SessionId) {
    this.access = access;
    const first = firstPicture(session);
    this.#client = new LiveSession({ server: '', access, session, ...(first && { first }) });
    const stop = this.#client.subscribe((state) => {
      this.#state = state;
    });
    onDestroy(() => {
      stop();
      void this.#client.close();
    });
  }

  /** The language of what is written here: that of the screen or the session, by the script of the text. */
  languageOf(text: string): string {
    const { conference } = this.access;
    return languageOf(text, [words.language, ...(this.session ? [this.session.lang] : []), ...conference.languages]);
  }

  send = (command: NewCommand): CommandId => this.#client.send(command);
  dismiss = (id: CommandId): void => this.#client.dismiss(id);
  react = (kind: Reaction): void => this.#client.react(kind);
  handle = (item: ItemId | null): void => this.#client.handle(item);
  wake = (): void => this.#client.wake();
}
