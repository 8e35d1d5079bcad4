// A working group as the server shows it to this reader.
import type { NetworkInfo } from '@summit/client';
import type { GroupKind, PartialDate } from '../network/types.ts';

export type PracticeState = 'draft' | 'submitted' | 'published' | 'validated' | 'withdrawn';
export type TaskState = 'open' | 'done' | 'dropped';
export type Worked = 'too-early' | 'yes' | 'partly' | 'no';

export interface Evidence {
  readonly indicator: string;
  readonly unit?: string;
  readonly before?: string;
  readonly after?: string;
  readonly year?: PartialDate;
  readonly source?: string;
}

export interface Practice {
  readonly id: string;
  readonly member: string;
  readonly title: string;
  readonly summary: string;
  readonly problem?: string;
  readonly done?: string;
  readonly resources?: string;
  readonly evidence: readonly Evidence[];
  readonly difficulties?: string;
  readonly conditions?: string;
  readonly links: readonly { readonly title: string; readonly url?: string }[];
  readonly languages: readonly string[];
  readonly review?: string;
  readonly state: PracticeState;
  readonly changed: string;
  readonly request?: string;
  readonly reason?: string;
  readonly endorsed: readonly string[];
  readonly adapted: readonly {
    readonly member: string;
    readonly changed: string;
    readonly worked: Worked;
    readonly since?: PartialDate;
  }[];
}

export interface Task {
  readonly id: string;
  /** Left out for what the group gave itself. */
  readonly from?: { readonly conference: string; readonly conferenceTitle?: string; readonly sessionTitle?: string };
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
  readonly state: TaskState;
  readonly note?: string;
  readonly settled?: string;
}

export interface GroupPage {
  readonly network: NetworkInfo;
  readonly id: string;
  readonly kind: GroupKind;
  readonly name: string;
  readonly about?: string;
  readonly coordinators: readonly { readonly member: string; readonly person?: string }[];
  /** Whether this reader runs the group. */
  readonly runs: boolean;
  /** Whether this reader speaks for the network. */
  readonly validates: boolean;
  /** Whether this reader sees drafts, tasks and who comes. */
  readonly inside: boolean;
  /** The member whose link this reader has. */
  readonly speaksFor?: string;
  /** Who is in the network; `in` is false for who has left it. */
  readonly cities: readonly { readonly id: string; readonly name: string; readonly in: boolean }[];
  readonly members: readonly { readonly member: string; readonly since: string; readonly person?: string }[];
  readonly practices: readonly Practice[];
  readonly tasks?: readonly Task[];
}

export const cityOf = (page: GroupPage, id: string): string => page.cities.find((city) => city.id === id)?.name ?? '';
