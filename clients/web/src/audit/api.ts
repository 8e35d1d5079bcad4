// What the audit tells, and how it is asked.
import { call } from '@summit/client';

export interface Doer {
  readonly id: string;
  readonly name?: string;
}

export interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly by?: Doer;
  readonly session?: { readonly id: string; readonly name: string };
  readonly what?: string;
}

export interface AuditPage {
  readonly total: number;
  readonly entries: readonly Entry[];
  readonly people: readonly Doer[];
}

/** Empty for what is not asked for. */
export interface Filter {
  readonly person: string;
  readonly kind: string;
  /** Days as the viewer's calendar has them, the last one included. */
  readonly from: string;
  readonly until: string;
}

/** The groups of kinds that there are in a place, or in a person's own record. */
export const kindsOf = {
  conference: ['conference', 'session', 'registration', 'integration', 'participant'],
  network: ['network', 'working-group', 'participant'],
  me: ['session', 'participant'],
} as const;

export function audit(place: string, token: string, filter: Filter, skip: number): Promise<AuditPage> {
  const query = new URLSearchParams({
    ...(filter.person && { person: filter.person }),
    ...(filter.kind && { kind: filter.kind }),
    ...(filter.from && { from: startOf(filter.from, 0) }),
    ...(filter.until && { until: startOf(filter.until, 1) }),
    skip: String(skip),
  });
  return call('', `/api/${place}/audit?${query}`, { token });
}

function startOf(day: string, daysOn: number): string {
  const midnight = new Date(`${day}T00:00:00`);
  midnight.setDate(midnight.getDate() + daysOn);
  return midnight.toISOString();
}
