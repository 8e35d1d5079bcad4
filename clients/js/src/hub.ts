// A connection to the hub as SignalR makes it.
import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import { address } from './access.js';

/** Not started yet. */
export function connect(server: string, token: string): HubConnection {
  return (
    new HubConnectionBuilder()
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
      .build()
  );
}
