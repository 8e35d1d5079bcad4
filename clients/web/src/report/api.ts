// What the report's page asks of the server.
import { call, type Access, type SessionId } from '@summit/client';
import { fetchFile } from '../files.ts';
import type { Replay } from './replay.ts';
import type { ConferenceReport } from './types.ts';

const path = ({ conference }: Access, session: SessionId | null, as = ''): string =>
  `/api/conferences/${conference.id}/report${as}${session ? `?session=${session}` : ''}`;

export const report = (access: Access, session: SessionId | null): Promise<ConferenceReport> =>
  call('', path(access, session), { token: access.token });

/** The table as a file. */
export const table = (access: Access, session: SessionId | null): Promise<Blob> =>
  fetchFile(path(access, session, '.csv'), access.token);

/** The session step by step; `desk` with what its moderators alone had. */
export const replay = ({ conference, token }: Access, session: SessionId, desk: boolean): Promise<Replay> =>
  call('', `/api/conferences/${conference.id}/sessions/${session}/replay?desk=${desk}`, { token });
