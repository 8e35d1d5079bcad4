// What a host asks of the server about other programs.
import { call } from '@summit/client';

export const scopes = ['read', 'moderate', 'people'] as const;

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly (typeof scopes)[number][];
  readonly issued: string;
  readonly expires?: string;
  readonly revoked: boolean;
  /** The last day on which it was used. */
  readonly used?: string;
}

export type NewKey = Pick<Key, 'name' | 'scopes' | 'expires'>;

export class ProgramsApi {
  constructor(
    private readonly token: string,
    private readonly conference: string,
  ) {}

  keys(): Promise<Key[]> {
    return this.#call('keys');
  }

  issue(key: NewKey): Promise<{ readonly key: string }> {
    return this.#call('keys', 'POST', key);
  }

  revoke(key: string): Promise<void> {
    return this.#call(`keys/${key}`, 'DELETE');
  }

  #call<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const { token } = this;
    return call<T>('', `/api/conferences/${this.conference}/${path}`, {
      token,
      method,
      ...(body !== undefined && { body }),
    });
  }
}
