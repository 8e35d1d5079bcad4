// Takes one question from HTTP to a follower.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [server, linksFile] = process.argv.slice(2);
const signalR = createRequire(new URL('../clients/package.json', import.meta.url))('@microsoft/signalr');
const links = JSON.parse(readFileSync(linksFile, 'utf8'));

const post = async (path, body, token) => {
  const response = await fetch(server + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
};

const uuid7 = () => {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
};

// The first conference with a session that takes questions.
let found;
for (const conference of links.conferences) {
  const access = await post('/api/join', { code: conference.code, name: 'Newcomer', city: 'Sofia' });
  for (const session of access.sessions) {
    const frame = await (await fetch(`${server}/api/sessions/${session.id}`, { headers: { authorization: `Bearer ${access.token}` } })).json();
    if (frame.session?.state === 'open' && !frame.session.policies.review) found ??= { access, session, seq: frame.seq };
  }
}
if (!found) throw new Error('No open session in the demonstration.');

const follower = await post('/api/join', { code: links.conferences.find((c) => c.id === found.access.conference.id).code });
const connection = new signalR.HubConnectionBuilder()
  // At once, as browsers do: a negotiation and its WebSocket would have to meet the same of several servers.
  .withUrl(`${server}/live`, {
    accessTokenFactory: () => follower.token,
    skipNegotiation: true,
    transport: signalR.HttpTransportType.WebSockets,
  })
  .configureLogging(signalR.LogLevel.Error)
  .build();
await connection.start();
const id = uuid7();
const seen = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('The follower did not see the question within 20 s.')), 20_000).unref();
  connection.stream('Follow', found.session.id, 0).subscribe({
    next: (frame) => frame.items?.some((item) => item.id === id) && resolve(),
    error: reject,
    complete: () => reject(new Error('The stream ended.')),
  });
});
await post(`/api/sessions/${found.session.id}/commands`, { type: 'ask', id, text: 'Does it simply work?' }, found.access.token);
await seen;
await connection.stop();
console.log('One question went from HTTP to a follower.');
