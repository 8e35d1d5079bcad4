// A registration as the server shows it: to who registers, to the organiser, at the door.
import type { ConferenceId, PersonId, Time } from '@summit/client';

export type FieldKind = 'line' | 'text' | 'mail' | 'languages' | 'choice' | 'yes-no';

export interface FormField {
  readonly key: string;
  readonly kind: FieldKind;
  /** May be empty for a usual field: those have words here. */
  readonly label: string;
  readonly required: boolean;
  /** The last day on which the answers are kept. */
  readonly deleteAfter?: string;
  readonly options?: readonly string[];
}

export interface RegistrationForm {
  readonly conference: ConferenceId;
  readonly title: string;
  readonly starts: Time;
  readonly ends: Time;
  readonly timeZone: string;
  /** Whether the conference has a page for everybody. */
  readonly published: boolean;
  readonly fields: readonly FormField[];
  readonly approval: boolean;
  readonly opens?: Time;
  readonly closes?: Time;
  readonly whyNot?: { readonly code: string; readonly message: string };
  /** All places are taken: who registers now waits. */
  readonly waiting: boolean;
}

export const states = ['invited', 'applied', 'approved', 'waiting', 'declined', 'cancelled', 'checked-in'] as const;
export type RegistrationState = (typeof states)[number];
export type Answers = Readonly<Record<string, string>>;

export interface OwnRegistration {
  readonly person: PersonId;
  readonly state: RegistrationState;
  readonly answers: Answers;
  readonly changed: Time;
  readonly line?: number;
  readonly note?: string;
  readonly code?: string;
  readonly ticket?: string;
}

export interface Registrant extends Omit<OwnRegistration, 'ticket' | 'code'> {
  readonly code: string;
  readonly lang: string;
  readonly at: Time;
  readonly mail?: 'waiting' | 'sent' | 'refused';
  readonly why?: string;
}

export interface FormSettings {
  readonly fields: readonly FormField[];
  readonly approval: boolean;
  readonly opens?: Time | null;
  readonly closes?: Time | null;
  readonly capacity?: number | null;
  readonly waitingList: boolean;
}

export interface RegistrationList {
  readonly form?: FormSettings;
  readonly counts: Readonly<Record<RegistrationState, number>>;
  readonly found: number;
  readonly people: readonly Registrant[];
  readonly mail: { readonly setUp: boolean; readonly waiting: number; readonly trouble?: string };
}

/** What a list of people to invite comes to. */
export interface ListReport {
  readonly rows: number;
  readonly good: number;
  readonly badRows: number;
  readonly bad: readonly {
    readonly line: number;
    readonly code: string;
    readonly message: string;
    readonly mail?: string;
  }[];
  readonly ignored: readonly string[];
  readonly first: readonly Answers[];
  readonly imported: number;
}

export interface DoorEntry {
  readonly person: PersonId;
  readonly code: string;
  readonly state: RegistrationState;
  readonly since: Time;
  readonly name?: string;
  readonly city?: string;
  readonly function?: string;
}

export type RegistrationCommand =
  | ({ readonly type: 'set-form' } & FormSettings)
  | {
      readonly type: 'approve' | 'cancel' | 'send-again' | 'check-in' | 'take-check-in-back';
      readonly person: PersonId;
    }
  | { readonly type: 'decline'; readonly person: PersonId; readonly note: string };
