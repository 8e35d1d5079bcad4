// The door: a code or the secret of a link against a token.
import type { Access, Fault, Frame, ItemId, SessionId } from './types.js';

/** What the server refused. `status` is HTTP's; 0 when no server answered. */
export class SummitFault extends Error {
  override readonly name = 'SummitFault';

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Not now: the same again may succeed later. */
  get retry(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }

  get fault(): Fault {
    return { code: this.code, message: this.message, ...(this.retry ? { retry: true as const } : {}) };
  }
}

/** Codes for what happens before any server has answered; the texts are for the log, each surface has its own. */
export const unreachable = 'client.unreachable';
export const unexpected = 'client.unexpected-answer';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** For tests and hosts without a global one. */
  readonly fetch?: typeof fetch;
}

export interface Who {
  /** As it was typed: the server forgives lower case and blanks. */
  readonly code: string;
  readonly name?: string;
  readonly city?: string;
}

/** Joins a conference by its code. Throws {@link SummitFault}. */
export function join(server: string, who: Who, options: CallOptions = {}): Promise<Access> {
  return call(server, '/api/join', { ...options, body: who });
}

/** Enters by the secret of a role's link, the part behind `#`. Throws {@link SummitFault}. */
export function enter(
  server: string,
  secret: string,
  options: CallOptions & { readonly name?: string } = {},
): Promise<Access> {
  const { name, ...rest } = options;
  return call(server, '/api/enter', { ...rest, body: { secret, ...(name === undefined ? {} : { name }) } });
}

/** The bearer's conference and sessions as they are now; refused once the token is no longer good. Throws {@link SummitFault}. */
export function conference(
  server: string,
  token: string,
  options: CallOptions = {},
): Promise<Pick<Access, 'conference' | 'sessions'>> {
  return call(server, '/api/conference', { ...options, token });
}

/** A session as the bearer sees it now: one frame, as the first of following. Throws {@link SummitFault}. */
export function picture(server: string, token: string, session: SessionId, options: CallOptions = {}): Promise<Frame> {
  return call(server, `/api/sessions/${session}`, { ...options, token });
}

/** How many would support two items as one, for moderators before they merge. Throws {@link SummitFault}, also where the merge would be refused. */
export async function unitedSupport(
  server: string,
  token: string,
  merge: { readonly session: SessionId; readonly item: ItemId; readonly into: ItemId },
  options: CallOptions = {},
): Promise<number> {
  const { session, item, into } = merge;
  const path = `/api/sessions/${session}/items/${item}/united-support?into=${into}`;
  return (await call<{ readonly support: number }>(server, path, { ...options, token })).support;
}

interface Call extends CallOptions {
  readonly method?: string;
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown;
  readonly token?: string;
}

/** One call of the HTTP interface: the answer's JSON, or a thrown {@link SummitFault}. */
export async function call<T>(server: string, path: string, options: Call = {}): Promise<T> {
  const { body, token, signal } = options;
  const file = body instanceof Blob;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = file ? 'application/octet-stream' : 'application/json';
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  let response: Response;
  let text: string;
  try {
    response = await (options.fetch ?? fetch)(address(server, path), {
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      cache: 'no-store',
      credentials: 'omit',
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    text = await response.text();
  } catch (cause) {
    throw new SummitFault(unreachable, 'The server cannot be reached.', 0, { cause });
  }

  const answer = parsed(text);
  if (response.ok && (answer !== undefined || text === '')) return answer as T;
  if (isProblem(answer)) throw new SummitFault(answer.code, answer.detail ?? answer.title ?? '', response.status);
  throw new SummitFault(unexpected, `The server answered ${response.status}.`, response.status);
}

/** `path` on the server; an empty server is the page's own. */
export function address(server: string, path: string): string {
  return server.replace(/\/+$/, '') + path;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, or nothing at all. The caller sees `undefined` and reports the status.
    return undefined;
  }
}

interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly title?: string;
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && typeof (answer as Partial<Problem>).code === 'string';
}
