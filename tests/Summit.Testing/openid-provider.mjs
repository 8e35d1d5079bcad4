// An organisation's OpenID provider: node openid-provider.mjs <port> <redirect URI>... Each start has a new signing key.
// Who logs in as `subject|mail|verified|name` is that; a fifth part names what is to be wrong with the ID token.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(new URL('../../clients/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(resolve(name)));
const [{ default: Provider }, { SignJWT, decodeJwt, exportJWK, generateKeyPair }] = await Promise.all([load('oidc-provider'), load('jose')]);

const [port, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const kid = randomUUID();
const trouble = new Map();

const provider = new Provider(issuer, {
  clients: [{ client_id: 'summit', client_secret: 'kept between the two', redirect_uris: redirects, subject_type: 'pairwise' }],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid }] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_, accountId) => accountId.split('|')[0],
  pkce: { required: () => true },
  async findAccount(_, accountId) {
    const [sub, email, verified, name, wrong] = accountId.split('|');
    if (wrong) trouble.set(sub, wrong);
    return { accountId, claims: () => ({ sub: accountId, email, email_verified: verified === 'verified', name }) };
  },
  // Whoever logs in has agreed.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const wrongs = {
  audience: (claims) => ({ ...claims, aud: 'another client' }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 }),
  issuer: (claims) => ({ ...claims, iss: 'https://another.example' }),
  nonce: (claims) => ({ ...claims, nonce: 'of another sign-in' }),
};

provider.use(async (ctx, next) => {
  await next();
  if (!ctx.body?.id_token) return;
  const claims = decodeJwt(ctx.body.id_token);
  const wrong = trouble.get(claims.sub);
  const signed = (key, content) => new SignJWT(content).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
  if (wrong === 'signature') ctx.body.id_token = await signed((await generateKeyPair('RS256')).privateKey, claims);
  else if (wrong) ctx.body.id_token = await signed(privateKey, wrongs[wrong](claims));
});

provider.listen(Number(port), '127.0.0.1', () => console.log(`listening at ${issuer}`));
