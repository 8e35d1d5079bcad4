// Keys on one's own device: made for who is signed in, and in by them.
import { call, type Access } from '@summit/client';

interface Question<TOptions> {
  readonly options: TOptions;
  readonly state: string;
}

/** Browsers of before 2025 lack the reading of what the server asks. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** Null when the person, or the device, thought better of it. */
async function answered(asked: () => Promise<Credential | null>): Promise<unknown> {
  try {
    return ((await asked()) as PublicKeyCredential | null)?.toJSON() ?? null;
  } catch (refusal) {
    if (refusal instanceof DOMException) return null;
    throw refusal;
  }
}

/** Whether one was added. Throws a SummitFault. */
export async function addPasskey(token: string): Promise<boolean> {
  const path = '/api/me/passkeys';
  const { options, state } = await call<Question<PublicKeyCredentialCreationOptionsJSON>>('', `${path}/question`, {
    token,
    body: {},
  });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await answered(() => navigator.credentials.create({ publicKey }));
  if (credential !== null) await call('', path, { token, body: { state, credential } });
  return credential !== null;
}

/** Null when nobody came in. Throws a SummitFault. */
export async function signInByPasskey(): Promise<Access | null> {
  const path = '/api/sign-in/passkey';
  const { options, state } = await call<Question<PublicKeyCredentialRequestOptionsJSON>>('', `${path}/question`, {
    body: {},
  });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await answered(() => navigator.credentials.get({ publicKey }));
  return credential === null ? null : call<Access>('', path, { body: { state, credential } });
}
