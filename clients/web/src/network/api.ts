// What the pages of a network ask of the server.
import { call, type CommandId, type NetworkId, type NetworkInfo } from '@summit/client';
import type { Command, Link, NetworkPage } from './types.ts';

/** What records are read and changed by. */
export interface RecordsApi<Page> {
  show(): Promise<Page>;
  /** With the same id again it is the same command again, and done once. */
  command(id: CommandId, command: Command): Promise<unknown>;
}

export const networks = (): Promise<NetworkInfo[]> => call('', '/api/networks');

export class NetworkApi implements RecordsApi<NetworkPage> {
  constructor(
    private readonly id: NetworkId,
    private readonly token: string | undefined,
  ) {}

  show(): Promise<NetworkPage> {
    return this.#call('');
  }

  command(id: CommandId, command: Command): Promise<unknown> {
    // Of the groups, too, so it is not one command.
    return command.type === 'erase-name'
      ? this.#call('/erased-names', 'POST', { ...command, id })
      : this.#call('/commands', 'POST', { ...command, id });
  }

  links(): Promise<Link[]> {
    return this.#call('/links');
  }

  issue(link: { role: string; label: string; member?: string; group?: string }): Promise<{ link: string }> {
    return this.#call('/links', 'POST', link);
  }

  revoke(link: string): Promise<void> {
    return this.#call(`/links/${link}`, 'DELETE');
  }

  #call<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    return call<T>('', `/api/networks/${this.id}${path}`, {
      method,
      ...(this.token !== undefined && { token: this.token }),
      ...(body !== undefined && { body }),
    });
  }
}
