// People as /api/me and /api/people tell of them.
import type { Access, Conference, NetworkInfo, Role } from '@summit/client';

/** Roles that a person can have; the others come by links alone. */
export type PersonRole = Exclude<Role, 'stage' | 'admin' | 'person'>;

export interface Card {
  readonly name: string;
  readonly city?: string;
  readonly function?: string;
  readonly languages: readonly string[];
  readonly mail?: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface HeldRole {
  readonly in: {
    readonly conference?: string;
    readonly session?: string;
    readonly network?: string;
    readonly group?: string;
  };
  readonly role: PersonRole;
  readonly member?: string;
}

/** A role with the names of its place. */
export interface Place {
  readonly role: PersonRole;
  readonly conference?: Conference;
  readonly session?: Named;
  readonly network?: NetworkInfo;
  readonly group?: Named;
  readonly member?: Named;
}

export interface Device {
  readonly id: string;
  readonly device: string;
  readonly since: string;
  readonly until: string;
  readonly organisation?: string;
  readonly passkey?: string;
  readonly here: boolean;
}

export interface PersonalLink {
  readonly id: string;
  readonly issued: string;
  readonly expires?: string;
  readonly own: boolean;
}

/** An account at an organisation. */
export interface Account {
  readonly id: string;
  readonly organisation: string;
  readonly since: string;
}

export interface Passkey {
  readonly id: string;
  readonly device: string;
  readonly since: string;
}

export interface Organisation {
  readonly key: string;
  readonly name: string;
}

export interface Me {
  readonly id: Access['person'];
  readonly card: Card;
  readonly roles: readonly Place[];
  readonly signIns: readonly Device[];
  readonly links: readonly PersonalLink[];
  readonly accounts: readonly Account[];
  readonly passkeys: readonly Passkey[];
}

export interface Person {
  readonly id: string;
  readonly card: Card;
  readonly roles: readonly HeldRole[];
  readonly governed: boolean;
  readonly links?: readonly PersonalLink[];
  readonly accounts?: readonly Account[];
  readonly signIns?: number;
}

export interface PeoplePage {
  readonly total: number;
  readonly people: readonly Person[];
}

/** What can be said of a person or by them. */
export type Command =
  | ({ readonly type: 'describe' } & Card)
  | { readonly type: 'give-role' | 'take-role'; readonly role: HeldRole }
  | { readonly type: 'revoke-link'; readonly link: string }
  | { readonly type: 'unlink-account'; readonly account: string }
  | { readonly type: 'remove-passkey'; readonly passkey: string }
  | { readonly type: 'sign-out'; readonly signIn: string }
  | { readonly type: 'sign-out-everywhere' };

/** A role that can be given, with the words for it. */
export interface Choice {
  readonly label: string;
  readonly role: HeldRole;
}
