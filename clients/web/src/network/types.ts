// A network as the server shows it to this reader, and what can be asked of it.
import type { NetworkId } from '@summit/client';

export type MemberKind = 'city' | 'municipality' | 'association' | 'institution';
export type MemberStatus = 'member' | 'candidate' | 'observer' | 'partner' | 'former' | 'declined';
export type GroupKind = 'working-group' | 'task-force' | 'forum';
export type StepKind = 'recorded' | 'applied' | 'decided' | 'supported' | 'admitted' | 'declined' | 'changed';

/** A year, a month or a day: `2024`, `2024-09`, `2024-09-10`. */
export type PartialDate = string;

export interface Step {
  readonly kind: StepKind;
  readonly on: PartialDate;
  readonly status: MemberStatus;
  readonly document?: { readonly title: string; readonly url?: string };
  readonly by?: string;
  readonly vote?: { readonly yes: number; readonly no: number; readonly abstain: number };
  readonly reason?: string;
}

export interface Contact {
  readonly name: string;
  readonly function?: string;
  readonly mail?: string;
  readonly phone?: string;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly country: string;
  readonly status: MemberStatus;
  readonly since: PartialDate;
  readonly steps: readonly Step[];
  /** Left out for whom they are not meant. */
  readonly contacts?: readonly Contact[];
}

export interface Term {
  readonly holder: string;
  readonly from: PartialDate;
  readonly to?: PartialDate;
  readonly summit?: string;
  readonly president?: string;
}

export interface Group {
  readonly id: string;
  readonly kind: GroupKind;
  readonly name: string;
  readonly about?: string;
  readonly coordinators: readonly { readonly member: string; readonly person?: string }[];
}

export interface Summit {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly starts: PartialDate;
  readonly ends?: PartialDate;
  readonly theme?: string;
  readonly host?: string;
  readonly guests: readonly string[];
  readonly conference?: string;
}

export interface NetworkPage {
  readonly id: NetworkId;
  readonly seq: number;
  readonly title: string;
  readonly name: string;
  readonly about?: string;
  readonly founded?: PartialDate;
  readonly demonstration: boolean;
  /** Whether this reader keeps the records. */
  readonly keeps: boolean;
  /** Whether this reader hands out links. */
  readonly issues: boolean;
  readonly members: readonly Member[];
  readonly terms: readonly Term[];
  readonly groups: readonly Group[];
  readonly summits: readonly Summit[];
}

export interface Link {
  readonly id: string;
  readonly role: 'secretary' | 'member' | 'coordinator';
  readonly label: string;
  readonly member?: string;
  readonly group?: string;
  readonly issued: string;
  readonly revoked: boolean;
}

/** A command without its id. */
export type Command = Readonly<Record<string, unknown>> & { readonly type: string };
