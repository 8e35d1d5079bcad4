// A vote on a proposal: the own ballot as it was just tapped, and the result as shares.
import type { Choice, Item, Posted, Room, Vote } from '@summit/client';

export const choices: readonly Choice[] = ['yes', 'no', 'abstain'];

/** The own ballot, the last tap first, before the server has said so. */
export function ballotOf(item: Item, posted: readonly Posted[], room: Room): Choice | undefined {
  const tap = posted.findLast(
    ({ command, state }) => command.type === 'vote' && command.item === item.id && state !== 'refused',
  );
  return tap?.command.type === 'vote' ? tap.command.choice : room.ballots.get(item.id);
}

export interface Share {
  readonly choice: Choice;
  readonly count: number;
  /** Of the ballots cast, from 0 to 100. */
  readonly percent: number;
}

export function shares(vote: Vote): Share[] {
  return choices.map((choice) => {
    const count = vote[choice] ?? 0;
    return { choice, count, percent: vote.cast === 0 ? 0 : Math.round((100 * count) / vote.cast) };
  });
}
