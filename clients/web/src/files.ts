// Files from the server and to it.
import { SummitFault, unreachable } from '@summit/client';

/** A link could not say who asks for it. Throws a SummitFault. */
export const fetchFile = async (path: string, token: string): Promise<Blob> => (await ask(path, token, {})).blob();

/** Sends a table as it is. Throws a SummitFault. */
export async function sendFile<T>(path: string, token: string, file: Blob): Promise<T> {
  const answer = await ask(path, token, { method: 'POST', body: file, headers: { 'content-type': 'text/csv' } });
  return (await answer.json()) as T;
}

/** Hands a file to whoever asked for it. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function ask(path: string, token: string, { headers, ...rest }: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...rest, headers: { ...headers, authorization: `Bearer ${token}` } });
  } catch (cause) {
    throw new SummitFault(unreachable, 'The server cannot be reached.', 0, { cause });
  }
  if (answer.ok) return answer;
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  throw new SummitFault(code, detail, answer.status);
}
