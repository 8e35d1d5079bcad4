// A conference as the server shows it: to everybody as it was published, to those who have joined as it is now.
import type { Conference, SessionId, SessionInfo, Time } from '@summit/client';

export interface Speaker {
  readonly id: string;
  readonly name: string;
  readonly function?: string;
  readonly about?: string;
}

export interface PlacedSession extends SessionInfo {
  readonly room?: string;
  readonly track?: string;
  readonly speakers: readonly string[];
}

export type ChangeKind = 'added' | 'renamed' | 'moved' | 'room' | 'track' | 'speakers' | 'described';

/** `before` and `after` of times are `from/to`. */
export interface Change {
  readonly kind: ChangeKind;
  readonly session?: SessionId;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Version {
  readonly number: number;
  readonly at: Time;
  readonly changes: readonly Change[];
}

export interface Contact {
  readonly name: string;
  readonly mail?: string;
  readonly phone?: string;
}

/** Two sessions at once in one room, or with one speaker. */
export interface Overlap {
  readonly one: SessionId;
  readonly other: SessionId;
  readonly room?: string;
  readonly speaker?: string;
}

export type DocumentKind = 'pdf' | 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp';

export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  readonly kind: DocumentKind;
  /** In bytes. */
  readonly size: number;
  /** Once everybody may fetch it. */
  readonly link?: string;
}

export interface EventPage {
  /** The code is for those who have joined. */
  readonly conference: Omit<Conference, 'code'> & { readonly code?: string };
  readonly place?: string;
  /** For those who have joined. */
  readonly meeting?: { readonly url: string; readonly note?: string };
  readonly contact?: Contact;
  readonly tracks: readonly string[];
  readonly speakers: readonly Speaker[];
  readonly sessions: readonly PlacedSession[];
  readonly versions: readonly Version[];
  /** Whether one registers for it. */
  readonly registers?: boolean;
  /** The newest first; everybody may fetch them once there is a version. */
  readonly documents: readonly Paper[];
  /** For hosts. */
  readonly overlaps?: readonly Overlap[];
  /** For hosts: what the next version would change. */
  readonly changes?: readonly Change[];
}
