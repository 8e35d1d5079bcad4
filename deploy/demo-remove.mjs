// Removes every conference and network that is marked as a demonstration, as the administrator whose link lies in links.json.
import { readFileSync } from 'node:fs';

const links = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const json = async (response) => {
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `${response.status}`);
  return answer;
};
const enter = (secret) =>
  fetch(`${links.address}/api/enter`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ secret }) }).then(json);

const remove = async (kind, id, title) => {
  await fetch(`${links.address}/api/${kind}/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${admin.token}` } }).then(json);
  console.log(`Removed: ${title}`);
};

const admin = await enter(links.admin.split('#')[1]);
for (const { id, title, code } of links.conferences) {
  const access = await fetch(`${links.address}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (!access.ok || !(await access.json()).conference.demonstration) continue;
  await remove('conferences', id, title);
}
const networks = await fetch(`${links.address}/api/networks`).then(json);
for (const { id, title, demonstration } of networks) if (demonstration) await remove('networks', id, title);
