// What the page of a working group asks of the server.
import { call, type CommandId, type NetworkId } from '@summit/client';
import type { RecordsApi } from '../network/api.ts';
import type { Command } from '../network/types.ts';
import type { GroupPage } from './types.ts';

export class GroupApi implements RecordsApi<GroupPage> {
  constructor(
    private readonly network: NetworkId,
    private readonly id: string,
    private readonly token: string | undefined,
  ) {}

  show(): Promise<GroupPage> {
    return this.#call('');
  }

  command(id: CommandId, command: Command): Promise<unknown> {
    return this.#call('/commands', { ...command, id });
  }

  #call<T>(path: string, body?: unknown): Promise<T> {
    return call<T>('', `/api/networks/${this.network}/groups/${this.id}${path}`, {
      ...(this.token !== undefined && { token: this.token }),
      ...(body !== undefined && { body }),
    });
  }
}
