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

export const occasions = [
  'session.opened',
  'session.paused',
  'session.closed',
  'item.published',
  'item.staged',
  'item.answered',
  'registration.confirmed',
  'programme.published',
] as const;

export type Occasion = (typeof occasions)[number];

export interface Delivery {
  readonly id: string;
  readonly kind: Occasion | 'test';
  readonly state: 'delivered' | 'waiting' | 'failed';
  readonly attempts: number;
  readonly last: string;
  /** The status that was answered, or why there was none. */
  readonly failure?: string;
}

export interface Hook {
  readonly id: string;
  readonly address: string;
  readonly occasions: readonly Occasion[];
  /** What was answered last when it was switched off. */
  readonly off?: string;
  readonly waiting?: Delivery;
}

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

  hooks(): Promise<Hook[]> {
    return this.#call('hooks');
  }

  addHook(address: string, occasions: readonly Occasion[]): Promise<{ readonly secret: string }> {
    return this.#call('hooks', 'POST', { address, occasions });
  }

  dropHook(hook: string): Promise<void> {
    return this.#call(`hooks/${hook}`, 'DELETE');
  }

  switchOn(hook: string): Promise<void> {
    return this.#call(`hooks/${hook}/on`, 'POST');
  }

  test(hook: string): Promise<void> {
    return this.#call(`hooks/${hook}/test`, 'POST');
  }

  deliveries(hook: string): Promise<Delivery[]> {
    return this.#call(`hooks/${hook}/deliveries`);
  }

  again(hook: string, delivery: string): Promise<void> {
    return this.#call(`hooks/${hook}/deliveries/${delivery}/again`, 'POST');
  }

  frames(): Promise<{ readonly hosts: readonly string[] }> {
    return this.#call('frames');
  }

  allowFrames(hosts: readonly string[]): Promise<{ readonly hosts: readonly string[] }> {
    return this.#call('frames', 'PUT', { hosts });
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
