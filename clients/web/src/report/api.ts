// What the report's page asks of the server.
import { call, SummitFault, unreachable, type Access, type SessionId } from '@summit/client';
import type { ConferenceReport } from './types.ts';

const path = ({ conference }: Access, session: SessionId | null, as = ''): string =>
  `/api/conferences/${conference.id}/report${as}${session ? `?session=${session}` : ''}`;

export const report = (access: Access, session: SessionId | null): Promise<ConferenceReport> =>
  call('', path(access, session), { token: access.token });

/** The table as a file. A link could not say who asks for it. */
export async function table(access: Access, session: SessionId | null): Promise<Blob> {
  let answer: Response;
  try {
    answer = await fetch(path(access, session, '.csv'), { headers: { authorization: `Bearer ${access.token}` } });
  } catch (cause) {
    throw new SummitFault(unreachable, 'The server cannot be reached.', 0, { cause });
  }
  if (answer.ok) return answer.blob();
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  throw new SummitFault(code, detail, answer.status);
}

/** Hands a file to whoever asked for it. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
