// The report of a conference, as docs/protocol.md has it.
import type { ConferenceId, Decline, ItemId, ItemKind, ItemState, SessionId, SessionState, Time } from '@summit/client';
import type { Paper } from '../event/types.ts';

export interface Participation {
  readonly people: number;
  /** The country where it is known: two letters of ISO 3166. */
  readonly cities: readonly { readonly city: string; readonly people: number; readonly country?: string }[];
  readonly countries: readonly { readonly country: string; readonly people: number }[];
}

export interface ReportedItem {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title?: string;
  readonly text: string;
  readonly lang: string;
  readonly state: ItemState;
  readonly support: number;
  readonly name?: string;
  readonly city?: string;
  readonly at: Time;
  readonly erased?: 'request' | 'age';
  readonly replyTo?: ItemId;
  readonly to?: { readonly name: string };
  readonly answer?: string;
  readonly by?: string;
  readonly settled?: Time;
  readonly reason?: Decline;
  readonly followUp?: { readonly owner: string; readonly due: string; readonly note?: string };
  readonly into?: ItemId;
  readonly vote?: { readonly open: boolean; readonly yes: number; readonly no: number; readonly abstain: number };
}

export type MomentKind =
  'opened' | 'paused' | 'closed' | 'staged' | 'answered' | 'follow-up' | 'vote-opened' | 'vote-closed';

export interface SessionReport {
  readonly id: SessionId;
  readonly title: string;
  readonly starts: Time;
  readonly ends: Time;
  readonly state: SessionState;
  readonly participation: Participation;
  readonly withdrawn: number;
  readonly items: readonly ReportedItem[];
  readonly timeline: readonly {
    readonly at: Time;
    readonly kind: MomentKind;
    readonly item?: ItemId;
    readonly by?: string;
  }[];
}

export interface ConferenceReport {
  readonly id: ConferenceId;
  readonly title: string;
  readonly starts: Time;
  readonly ends: Time;
  readonly timeZone: string;
  readonly participation: Participation;
  readonly sessions: readonly SessionReport[];
  /** Of a whole conference. */
  readonly documents?: readonly Paper[];
}
