// One session as the screens see it: the client's state in runes, closed with the component that opened it.
import {
  emptyRoom,
  LiveSession,
  picture,
  SummitFault,
  type Access,
  type CommandId,
  type Frame,
  type ItemId,
  type LiveState,
  type NewCommand,
  type Reaction,
  type SessionId,
  type Time,
} from '@summit/client';
import { onDestroy } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { firstPicture } from '../early.ts';
import { words } from '../i18n/index.svelte.ts';
import { pages } from '../pages.ts';
import { languageOf } from '../view/lang.ts';
import { forgetPictures, keepPicture, keptPicture } from './keptPicture.ts';

const watchNetwork = createSubscriber((changed) => {
  const heard = new AbortController();
  for (const turn of ['online', 'offline']) addEventListener(turn, changed, heard);
  return () => heard.abort();
});

function isOffline(): boolean {
  watchNetwork();
  return !navigator.onLine;
}

/** For a reload without a network. */
async function keepForOffline(rest: () => Promise<unknown>): Promise<void> {
  try {
    const offline = await pages.offline();
    offline.keep(rest);
  } catch {
    // The line broke. It is tried with the next one.
  }
}

export class Live {
  readonly access: Access;
  #client: LiveSession;
  #rest: () => Promise<unknown>;
  #state = $state.raw<LiveState>({ room: emptyRoom, connection: 'connecting', posted: [] });
  #keptAt = $state.raw<Time | null>(null);

  readonly room = $derived(this.#state.room);
  readonly session = $derived(this.#state.room.session);
  /** The browser often knows of a lost line before the socket does. */
  readonly connection = $derived(
    isOffline() && this.#state.connection !== 'ended' ? 'offline' : this.#state.connection,
  );
  readonly posted = $derived(this.#state.posted);
  readonly ended = $derived(this.#state.ended);
  /** When what is shown was true: it was kept from before and no newer picture could be had. Null for what is true now. */
  readonly asOf = $derived(this.#keptAt);
  readonly items = $derived([...this.#state.room.items.values()]);

  /** @param rest Loads what the page needs later, so that it can be kept with the rest. */
  constructor(access: Access, session: SessionId, rest: () => Promise<unknown> = () => Promise.resolve()) {
    this.access = access;
    this.#rest = rest;
    const first = firstPicture(session) ?? picture('', access.token, session);
    this.#client = new LiveSession({
      server: '',
      access,
      session,
      first: first.catch((fault) => this.#kept(session, fault)),
    });
    const stop = this.#client.subscribe((state) => this.#take(state));
    const keep = (): void => keepPicture(access, session, this.#client.state.room);
    addEventListener('pagehide', keep);
    onDestroy(() => {
      removeEventListener('pagehide', keep);
      keep();
      stop();
      void this.#client.close();
    });
  }

  #take(state: LiveState): void {
    this.#state = state;
    if (state.ended) forgetPictures();
    if (state.connection !== 'live') return;
    this.#keptAt = null;
    void keepForOffline(this.#rest);
  }

  /** Without a line the picture of before; a refusal stays one. */
  #kept(session: SessionId, fault: unknown): Frame {
    const kept = fault instanceof SummitFault && fault.retry ? keptPicture(this.access, session) : null;
    if (!kept) throw fault;
    if (this.#state.room === emptyRoom) this.#keptAt = kept.at;
    return kept.frame;
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
