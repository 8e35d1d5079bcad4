// One connection to the hub, used once: opened, followed, lost.
import type { HubConnection } from '@microsoft/signalr';
import type * as Hub from './hub.js';
import type { Answer, Command, Frame, ItemId, Reaction, SessionId } from './types.js';

/** The connection is gone; whether what was under way arrived is unknown. */
export class LineLost extends Error {
  override readonly name = 'LineLost';
}

export interface Wire {
  /** Rejects if there is no connection to be had. */
  start(): Promise<void>;
  /** Frames after `since`; `ended` when the server ends the stream. The answer stops both calls at once. */
  follow(since: number, frame: (frame: Frame) => void, ended: () => void): () => void;
  /** Rejects with {@link LineLost}, or with another error if the server failed over this very command. */
  send(command: Command): Promise<Answer>;
  /** Counted or not: nobody waits for it. */
  react(kind: Reaction): void;
  /** Heard or not: it is said again. */
  handle(item: ItemId | null): void;
  /** Ends the connection if there is one; may be called at any time. */
  stop(): Promise<void>;
}

/** Makes a connection that is not started yet; `lost` is called once when it breaks after the start. */
export type OpenWire = (lost: () => void) => Wire;

/** SignalR, which is large and not needed for the first picture: loaded after it. Calling this ahead spares the wait. */
export const loadHub = (): Promise<typeof Hub> => import('./hub.js');

/** The hub `/live` over a WebSocket, without the round trip of a negotiation. */
export function hub(server: string, token: string, session: SessionId): OpenWire {
  return (lost) => {
    let connection: HubConnection | null = null;
    let stopped = false;
    const connected = (): boolean => connection?.state === ('Connected' as HubConnection['state']);

    // Of the moment: what does not arrive is out of date before it could be sent again.
    const tell = (method: string, what: string | null): void => {
      if (!connection || !connected()) return;
      connection.send(method, session, what).catch(() => undefined);
    };

    return {
      async start() {
        connection = (await loadHub()).connect(server, token);
        connection.onclose(lost);
        if (stopped) throw new LineLost('Stopped.');
        await connection.start();
      },

      follow(since, frame, ended) {
        let open = true;
        const subscription = started(connection)
          .stream<Frame>('Follow', session, since)
          .subscribe({
            next: (value) => open && frame(value),
            error: () => open && ended(),
            complete: () => open && ended(),
          });
        return () => {
          open = false;
          subscription.dispose();
        };
      },

      async send(command) {
        try {
          return await started(connection).invoke<Answer>('Send', session, command);
        } catch (error) {
          throw connected() ? error : new LineLost('Send', { cause: error });
        }
      },

      react: (kind) => tell('React', kind),
      handle: (item) => tell('Handle', item),

      async stop() {
        stopped = true;
        await connection?.stop();
      },
    };
  };
}

function started(connection: HubConnection | null): HubConnection {
  if (!connection) throw new LineLost('Not started.');
  return connection;
}
