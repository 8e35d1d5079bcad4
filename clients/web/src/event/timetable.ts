// Where each session of a day stands in a table of rooms beside each other.
import type { PlacedSession } from './types.ts';

export interface Cell<T extends PlacedSession> {
  readonly session: T;
  /** As CSS grid has them. */
  readonly row: string;
  readonly column: string;
}

export interface Table<T extends PlacedSession> {
  readonly columns: number;
  readonly cells: readonly Cell<T>[];
}

/** What nothing runs beside takes the whole width; else a room keeps to one column for as long as sessions touch. */
export function table<T extends PlacedSession>(sessions: readonly T[]): Table<T> {
  const times = [...new Set(sessions.flatMap((one) => [from(one), to(one)]))].sort((a, b) => a - b);
  const row = (one: T): string => {
    const first = times.indexOf(from(one)) + 1;
    return `${first} / ${Math.max(first + 1, times.indexOf(to(one)) + 1)}`;
  };
  const together = clusters(sessions).map(lanes);
  return {
    columns: Math.max(1, ...together.flat().map(({ lane }) => lane + 1)),
    cells: together.flatMap((cluster) =>
      cluster.map(({ session, lane }) => ({
        session,
        row: row(session),
        column: cluster.length === 1 ? '1 / -1' : `${lane + 1}`,
      })),
    ),
  };
}

/** Those that run at the same time as another of them, in the order of their beginning. */
function clusters<T extends PlacedSession>(sessions: readonly T[]): T[][] {
  const found: T[][] = [];
  let end = -Infinity;
  for (const session of [...sessions].sort((a, b) => from(a) - from(b))) {
    if (from(session) >= end) found.push([]);
    found.at(-1)?.push(session);
    end = Math.max(end, to(session));
  }
  return found;
}

function lanes<T extends PlacedSession>(cluster: readonly T[]): { session: T; lane: number }[] {
  const rooms = [...new Set(cluster.flatMap(({ room }) => room ?? []))].sort((a, b) =>
    a.localeCompare(b, undefined, { numeric: true }),
  );
  const busy: number[] = rooms.map(() => -Infinity);
  return cluster.map((session) => {
    const own = session.room === undefined ? -1 : rooms.indexOf(session.room);
    let lane = own;
    // Taken, or in no room: beside the rooms.
    if (own < 0 || (busy[own] ?? 0) > from(session)) {
      lane = rooms.length;
      while ((busy[lane] ?? -Infinity) > from(session)) lane++;
    }
    busy[lane] = to(session);
    return { session, lane };
  });
}

const from = ({ starts }: PlacedSession): number => Date.parse(starts);
const to = ({ ends }: PlacedSession): number => Date.parse(ends);
