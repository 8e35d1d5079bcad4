// What goes over the wire, as docs/protocol.md describes it.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ItemId = Branded<'ItemId'>;
export type SessionId = Branded<'SessionId'>;
export type ConferenceId = Branded<'ConferenceId'>;
export type CommandId = Branded<'CommandId'>;
export type PersonId = Branded<'PersonId'>;
export type NetworkId = Branded<'NetworkId'>;

/** RFC 3339, UTC. */
export type Time = string;

export type Role =
  | 'participant'
  | 'moderator'
  | 'stage'
  | 'host'
  | 'admin'
  | 'secretary'
  | 'member'
  | 'coordinator'
  /** Signed in as themselves, at no place yet. */
  | 'person';

/** Why something was refused. `code` stands in docs/faults.md; `message` tells a person what to do next. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** Not now: the same command with the same id may be sent again. */
  readonly retry?: true;
}

// Access

export interface Conference {
  readonly id: ConferenceId;
  readonly title: string;
  readonly theme?: string | null;
  readonly starts: Time;
  readonly ends: Time;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly demonstration: boolean;
  /** Lets others in. */
  readonly code: string;
}

export interface NetworkInfo {
  readonly id: NetworkId;
  readonly title: string;
  /** What it is called for short. */
  readonly name: string;
  readonly demonstration: boolean;
}

export interface SessionInfo {
  readonly id: SessionId;
  readonly title: string;
  readonly starts: Time;
  readonly ends: Time;
  readonly lang: string;
}

/** What a person holds after joining. The token is a secret: it belongs in storage and headers, never in an address. */
export interface Access {
  readonly token: string;
  readonly expires: Time;
  readonly person: PersonId;
  readonly role: Role;
  /** Not there in a network, nor for the administrator, who belongs to none: ask `role` first. */
  readonly conference: Conference;
  /** For the secretary, the members and the coordinators of a network. */
  readonly network?: NetworkInfo;
  /** What a coordinator runs. */
  readonly group?: string;
  readonly sessions: readonly SessionInfo[];
}

// Session

export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface Policies {
  readonly review: boolean;
  /** Whoever is registered may ask before the session opens. */
  readonly advance?: boolean;
  readonly questions: boolean;
  readonly comments: boolean;
  readonly proposals: boolean;
  readonly support: boolean;
  readonly anonymous: 'allowed' | 'default' | 'never';
  readonly moderatorsSeeNames: boolean;
  readonly nameRequired: boolean;
  readonly cityRequired: boolean;
  readonly maxLength: number;
  readonly maxOpen: number;
  readonly perMinute: number;
  readonly reportThreshold: number;
  readonly stageNext: number;
  readonly reasons: readonly Reason[];
}

export type SessionState = 'scheduled' | 'open' | 'paused' | 'closed';

export interface Session {
  readonly id: SessionId;
  readonly conference: ConferenceId;
  readonly title: string;
  readonly lang: string;
  readonly state: SessionState;
  readonly starts: Time;
  readonly ends: Time;
  readonly onStage: ItemId | null;
  readonly policies: Policies;
  /** For moderators only. */
  readonly counts?: {
    readonly pending: number;
    readonly published: number;
    readonly queued: number;
    readonly answered: number;
  };
  readonly changed: number;
}

// Items

export type ItemKind = 'question' | 'comment' | 'proposal';

export type ItemState =
  'pending' | 'published' | 'queued' | 'staged' | 'answered' | 'declined' | 'merged' | 'withdrawn' | 'follow-up';

/** As far as they said who they are. */
export interface Author {
  readonly name: string | null;
  readonly city: string | null;
}

export interface Decline extends Reason {
  readonly note?: string;
}

export interface Step {
  readonly state: ItemState;
  readonly at: Time;
}

export interface Note {
  readonly by: string | null;
  readonly at: Time;
  readonly text: string;
}

export type Choice = 'yes' | 'no' | 'abstain';

/** Of a proposal taken to a vote; the result comes when it is closed. */
export interface Vote {
  readonly open: boolean;
  /** Ballots so far. */
  readonly cast: number;
  readonly yes?: number;
  readonly no?: number;
  readonly abstain?: number;
}

export interface Item {
  readonly id: ItemId;
  /** Items are ordered by it: what was posted later has a higher one. */
  readonly number: number;
  readonly kind: ItemKind;
  readonly title?: string;
  readonly text: string;
  readonly lang: string;
  readonly state: ItemState;
  readonly support: number;
  /** Its words are gone, and `text` is empty: its author asked for it, or it was kept long enough. */
  readonly erased?: 'request' | 'age';
  /** Null for an anonymous item. */
  readonly author: Author | null;
  readonly at: Time;
  readonly replyTo?: ItemId;
  /** Who of the speakers is asked, as they were called then. */
  readonly to?: { readonly speaker: string; readonly name: string };
  /** The queue's order is by rising rank; only while queued. */
  readonly rank?: number;
  readonly answer?: string;
  readonly corrected?: true;
  readonly followUp?: { readonly owner: string; readonly due: string; readonly note?: string };
  readonly vote?: Vote;
  readonly changed: number;

  // For moderators only.
  readonly anonymous?: boolean;
  readonly reports?: number;
  readonly hidden?: boolean;
  readonly labels?: readonly string[];
  readonly notes?: readonly Note[];
  readonly firstText?: string;
  readonly firstTitle?: string;
  readonly reason?: Decline;
  readonly into?: ItemId;
  readonly merged?: readonly ItemId[];
  readonly muted?: true;
  readonly trail?: readonly Step[];
}

/** An item that the reader may no longer see. */
export interface Gone {
  readonly id: ItemId;
  readonly gone: true;
  readonly into?: ItemId;
  readonly changed: number;
}

/** An item as its author sees it: also while pending, declined, merged or withdrawn. */
export interface OwnItem extends Item {
  readonly own: true;
  readonly anonymous: boolean;
  readonly trail: readonly Step[];
}

/** Where this person stands on an item: supported or not, and the ballot cast on it. */
export interface Stance {
  readonly own: false;
  readonly id: ItemId;
  readonly supported: boolean;
  readonly ballot?: Choice;
  readonly changed: number;
}

/** What only this person may see; told apart by `own`. */
export type Mine = OwnItem | Stance;

export interface Pulse {
  readonly online: number;
  readonly cities: number;
  /** Reactions of the last second. */
  readonly applause: number;
  readonly heart: number;
  readonly agree: number;
  /** For moderators only: what the others are at. */
  readonly handling?: readonly Handled[];
}

/** Somebody else works at this item. The name is null for a moderator who gave none. */
export interface Handled {
  readonly item: ItemId;
  readonly name: string | null;
}

export type Reaction = 'applause' | 'heart' | 'agree';

export interface Frame {
  readonly seq?: number;
  readonly reset?: boolean;
  readonly session?: Session;
  readonly items?: readonly (Item | Gone)[];
  readonly mine?: readonly Mine[];
  readonly pulse?: Pulse;
  readonly fault?: Fault;
}

/** The hub's answer to a command or a reaction. */
export type Answer = { readonly seq: number; readonly fault?: never } | { readonly fault: Fault; readonly seq?: never };

// Commands

interface Posting {
  readonly text: string;
  readonly lang?: string;
  readonly anonymous?: boolean;
}

interface About {
  readonly item: ItemId;
}

/** A command without its id, which the outbox gives it. */
export type NewCommand =
  | ({ readonly type: 'ask'; readonly to?: string } & Posting)
  | ({ readonly type: 'comment'; readonly replyTo?: ItemId } & Posting)
  | ({ readonly type: 'propose'; readonly title: string } & Posting)
  | ({ readonly type: 'support'; readonly on: boolean } & About)
  | ({ readonly type: 'vote'; readonly choice: Choice } & About)
  | ({ readonly type: 'edit' | 'correct'; readonly text: string; readonly title?: string } & About)
  | ({
      readonly type:
        'withdraw' | 'approve' | 'stage' | 'back' | 'clear' | 'mute' | 'unmute' | 'open-vote' | 'close-vote';
    } & About)
  | ({ readonly type: 'report'; readonly why?: string } & About)
  | ({ readonly type: 'decline'; readonly reason: string; readonly note?: string } & About)
  | ({ readonly type: 'queue'; readonly before?: ItemId } & About)
  | ({ readonly type: 'answer'; readonly text?: string } & About)
  | ({ readonly type: 'follow-up'; readonly owner: string; readonly due: string; readonly note?: string } & About)
  | ({ readonly type: 'merge'; readonly into: ItemId } & About)
  | ({ readonly type: 'label'; readonly labels: readonly string[] } & About)
  | ({ readonly type: 'note'; readonly text: string } & About)
  | { readonly type: 'open' | 'pause' | 'close' }
  | { readonly type: 'policies'; readonly policies: Partial<Policies> }
  | { readonly type: 'reschedule'; readonly title?: string; readonly starts?: Time; readonly ends?: Time };

/** For `ask`, `comment` and `propose` the id becomes the item's id. */
export type Command = NewCommand & { readonly id: CommandId };
