// One connection to the hub, used once: opened, followed, lost.
import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import { address } from './access.js';
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

/** The hub `/live` over a WebSocket, without the round trip of a negotiation. */
export function hub(server: string, token: string, session: SessionId): OpenWire {
  return (lost) => {
    const connection = new HubConnectionBuilder()
      .withUrl(address(server, '/live'), {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        accessTokenFactory: () => token,
      })
      // SignalR would log the address, and the token in it.
      .configureLogging(LogLevel.None)
      // The server pings every 15 s; two missed ones in a row mean that nobody is there.
      .withServerTimeout(30_000)
      .withKeepAliveInterval(15_000)
      .build();
    connection.onclose(lost);

    // Of the moment: what does not arrive is out of date before it could be sent again.
    const tell = (method: string, what: string | null): void => {
      if (connection.state !== HubConnectionState.Connected) return;
      connection.send(method, session, what).catch(() => undefined);
    };

    return {
      start: () => connection.start(),

      follow(since, frame, ended) {
        let open = true;
        const subscription = connection.stream<Frame>('Follow', session, since).subscribe({
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
          return await connection.invoke<Answer>('Send', session, command);
        } catch (error) {
          throw connection.state === HubConnectionState.Connected ? error : new LineLost('Send', { cause: error });
        }
      },

      react: (kind) => tell('React', kind),
      handle: (item) => tell('Handle', item),

      stop: () => connection.stop(),
    };
  };
}
