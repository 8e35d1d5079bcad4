import { describe, expect, test, vi } from 'vitest';
import { address, call, enter, join, SummitFault, unexpected, unreachable } from '../src/access.js';

function answering(status: number, body: string): { fetch: typeof fetch; calls: { url: string; init: RequestInit }[] } {
  const calls: { url: string; init: RequestInit }[] = [];
  const fake = vi.fn((url: string, init: RequestInit) => {
    calls.push({ url, init });
    return Promise.resolve(new Response(status === 204 ? null : body, { status }));
  });
  return { fetch: fake as unknown as typeof fetch, calls };
}

const fault = async (work: Promise<unknown>): Promise<SummitFault> => {
  const error: unknown = await work.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  if (error instanceof SummitFault) return error;
  throw error;
};

describe('At the door', () => {
  test('a code, a name and a city are shown, and nothing else', async () => {
    const { fetch, calls } = answering(200, '{"token":"t"}');
    const access = await join('https://summit.example/', { code: 'krm 4tb', name: 'Ana' }, { fetch });
    expect(access.token).toBe('t');
    expect(calls[0]?.url).toBe('https://summit.example/api/join');
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"code":"krm 4tb","name":"Ana"}',
      credentials: 'omit',
    });
  });

  test('the secret of a link goes in the body, never in the address', async () => {
    const { fetch, calls } = answering(200, '{"token":"t"}');
    await enter('', 's3cret', { fetch, name: 'Mira' });
    expect(calls[0]?.url).toBe('/api/enter');
    expect(calls[0]?.init.body).toBe('{"secret":"s3cret","name":"Mira"}');
  });

  test('a refusal is thrown with its code, its text and its status', async () => {
    const body = '{"title":"Not found","detail":"No such code.","code":"access.wrong-code","status":404}';
    const refused = await fault(join('', { code: 'AAAAAA' }, { fetch: answering(404, body).fetch }));
    expect(refused).toMatchObject({ code: 'access.wrong-code', message: 'No such code.', status: 404, retry: false });
    expect(refused.fault).toEqual({ code: 'access.wrong-code', message: 'No such code.' });
  });

  test.each([429, 503])('a %i invites another try', async (status) => {
    const busy = await fault(
      join('', { code: 'AAAAAA' }, { fetch: answering(status, '{"code":"access.slow"}').fetch }),
    );
    expect(busy.fault).toMatchObject({ code: 'access.slow', retry: true });
  });

  test('a page of a proxy is not taken for an answer', async () => {
    for (const status of [200, 502]) {
      const refused = await fault(
        join('', { code: 'AAAAAA' }, { fetch: answering(status, '<html>Welcome</html>').fetch }),
      );
      expect(refused).toMatchObject({ code: unexpected, status });
    }
  });

  test('a server that is not there is a fault like others, and invites another try', async () => {
    const fetch = (() => Promise.reject(new TypeError('Failed to fetch'))) as typeof globalThis.fetch;
    expect(await fault(join('', { code: 'AAAAAA' }, { fetch }))).toMatchObject({
      code: unreachable,
      status: 0,
      retry: true,
    });
  });

  test('an answer without a body is no mistake', async () => {
    expect(await call('', '/api/conferences/1', { method: 'DELETE', ...answering(204, '') })).toBeUndefined();
  });

  test('addresses meet without a double slash', () => {
    expect([address('', '/live'), address('http://a/', '/live'), address('http://a', '/live')]).toEqual([
      '/live',
      'http://a/live',
      'http://a/live',
    ]);
  });
});
