// Which session a screen turns to when the address names none: the open one, else the nearest in time.
import { call, type Access, type Frame, type SessionId, type SessionInfo, type SessionState } from '@summit/client';

export async function currentSession(access: Access): Promise<SessionId | null> {
  return (await openSession(access)) ?? byDistance(access.sessions, Date.now())[0]?.id ?? null;
}

/** The open one; of several the nearest in time. */
async function openSession({ token, sessions }: Access): Promise<SessionId | null> {
  for (const { id } of byDistance(sessions, Date.now())) if ((await stateOf(id, token)) === 'open') return id;
  return null;
}

/** All that are open, working groups beside each other too. */
export async function openSessions({ token, sessions }: Access): Promise<SessionId[]> {
  const states = await Promise.all(sessions.map(({ id }) => stateOf(id, token)));
  return sessions.filter((_, at) => states[at] === 'open').map(({ id }) => id);
}

async function stateOf(id: SessionId, token: string): Promise<SessionState | undefined> {
  return (await call<Frame>('', `/api/sessions/${id}`, { token })).session?.state;
}

export function byDistance(sessions: readonly SessionInfo[], at: number): SessionInfo[] {
  const away = ({ starts, ends }: SessionInfo): number => Math.max(0, Date.parse(starts) - at, at - Date.parse(ends));
  return [...sessions].sort((a, b) => away(a) - away(b));
}
