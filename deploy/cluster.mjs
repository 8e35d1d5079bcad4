// `make cluster`: Summit as it runs in a hall, on this machine alone: three servers, Redis, PostgreSQL, and a proxy in front where
// Caddy is installed. All of it lives in one temporary folder and is gone with Ctrl-C; the real thing is docker-compose.yml.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const servers = 3;
const root = fileURLToPath(new URL('..', import.meta.url));
const configuration = process.env.CONFIGURATION ?? 'Release';
const assembly = join(root, `src/Summit.Server/bin/${configuration}/net10.0/Summit.Server.dll`);
// Debian keeps PostgreSQL's server programs off the path.
const debian = '/usr/lib/postgresql';
const places = [...process.env.PATH.split(delimiter), ...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [])];
const find = (program) => places.map((place) => join(place, program)).find(existsSync);
const need = (program, from) => find(program) ?? giveUp(`A cluster needs ${program}: install ${from}.`);

if (readFileSync(join(root, 'artifacts/engine.props'), 'utf8').includes('>false<')) {
  giveUp('A cluster needs the Orleans engine, and its packages cannot be restored here.');
}

const programs = {
  dotnet: need('dotnet', 'the .NET 10 SDK'),
  initdb: need('initdb', 'postgresql'),
  postgres: need('postgres', 'postgresql'),
  redis: need('redis-server', 'redis-server'),
  caddy: find('caddy'),
};

/** Started last, ended first. */
const running = [];
let ending;

const folder = mkdtempSync(join(tmpdir(), 'summit-cluster-'));
process.on('exit', () => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (ending ? killAll() : end(0)));

/** Also for what went wrong half-way through the start: what runs by then is killed. */
function giveUp(why) {
  console.error(why);
  process.exit(1);
}

/** A program of the cluster: in a session of its own, so that Ctrl-C reaches this one alone, which then ends all in the right order. */
function start(name, program, args, { goodbye = 'SIGTERM', ...options } = {}) {
  if (ending) return;
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', output, output], detached: true, ...options });
  closeSync(output);
  const gone = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  running.push({ name, child, gone, goodbye });
  gone.then((how) => {
    if (ending) return;
    console.error(`\n${name} ended (${how}), and so does the rest. Its last words:\n${lastOf(log)}`);
    end(1);
  });
}

const lastOf = (log) => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');

/** Those who use before those who are used, each given the time to finish what it has accepted. */
async function end(code) {
  ending = true;
  if (code === 0) console.log('\nEnding ...');
  for (const { name, child, gone, goodbye } of running.reverse()) {
    child.kill(goodbye);
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(patience);
    if (code === 0) console.log(`  ${name} is gone`);
  }
  process.exit(code);
}

function killAll() {
  for (const { child } of running) child.kill('SIGKILL');
}

/**
 * The port people know if it is free, else any: below those that Linux gives to outgoing connections, one of which could take it
 * before the program that it is for has started.
 */
const freePort = (wanted = randomInt(12_000, 32_000)) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(freePort()));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });

async function until(what, condition) {
  for (const began = Date.now(); !(await condition()); ) {
    // Nothing more is to be started; the process exits when all is ended.
    if (ending) await new Promise(() => {});
    if (Date.now() - began > 60_000) giveUp(`Waited a minute for this in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const answers = (address) =>
  fetch(address).then(
    (answer) => answer.ok,
    () => false,
  );

/** PostgreSQL refuses root: there it runs as the user that its package made. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const id = (kind) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function startPostgres() {
  const owner = unprivileged();
  const home = join(folder, 'postgres');
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  // Others may pass through to what is theirs, and see nothing.
  chmodSync(folder, 0o711);
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, 'password'), password, { mode: 0o600 });
  if (owner.uid) for (const path of [home, join(home, 'password')]) chownSync(path, owner.uid, owner.gid);
  const data = join(home, 'data');
  const initdb = ['-D', data, '-U', 'summit', '-A', 'scram-sha-256', '--pwfile', join(home, 'password'), '-E', 'UTF8', '--locale=C'];
  execFileSync(programs.initdb, initdb, { ...owner, cwd: home, stdio: 'pipe' });
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // SIGINT is PostgreSQL's "now, but properly".
  start('PostgreSQL', programs.postgres, ['-D', data, ...options], { ...owner, cwd: home, goodbye: 'SIGINT' });
  return { port, connection: `Host=127.0.0.1;Port=${port};Database=postgres;Username=summit;Password=${password}` };
}

async function startRedis() {
  const port = await freePort();
  start('Redis', programs.redis, ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]);
  return port;
}

const dataOf = (number) => join(folder, `data-${number}`);

async function startServer(number, port, settings) {
  const address = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ASPNETCORE_ENVIRONMENT: 'Production',
    ASPNETCORE_URLS: address,
    Summit__Cluster__Address: '127.0.0.1',
    Summit__Cluster__SiloPort: await freePort(),
    Summit__Data: dataOf(number),
    // Where .NET keeps its own sockets, and leaves them when it is killed.
    TMPDIR: folder,
    ...settings,
  };
  start(`server ${number}`, programs.dotnet, [assembly], { env });
  await until(`server ${number} is ready`, () => answers(`${address}/health/ready`));
  return address;
}

async function startProxy(port, addresses) {
  const env = { ...process.env, HOME: folder, SUMMIT_SITE: `http://127.0.0.1:${port}`, SUMMIT_SERVERS: addresses.join(' ') };
  const args = ['run', '--adapter', 'caddyfile', '--config', join(root, 'deploy/Caddyfile')];
  start('proxy', programs.caddy, args, { env });
  await until('the proxy passes on', () => answers(`http://127.0.0.1:${port}/health/ready`));
}

function tell(proxy, addresses, postgres, redis) {
  const { conferences, admin } = JSON.parse(readFileSync(join(dataOf(1), 'links.json'), 'utf8'));
  const line = (what, where) => console.log(`    ${what.padEnd(14)}${where}`);
  console.log('\nSummit runs as a cluster: what is asked at one server is seen at all.\n');
  if (proxy) line('Proxy', proxy);
  else console.log('  Caddy is not installed, so there is no proxy in front. Each server has an address:');
  addresses.forEach((address, i) => line(`Server ${i + 1}`, address));
  line('PostgreSQL', `127.0.0.1:${postgres}`);
  line('Redis', `127.0.0.1:${redis}`);
  for (const { title, code, join: address, links } of conferences) {
    console.log(`\n  ${title}`);
    line('Join', `${code}   ${address}`);
    for (const { label, link } of links) line(label, link);
  }
  console.log(`\n  ${'Administrator'.padEnd(16)}${admin}\n\n  Ctrl-C ends all of it and leaves nothing behind.`);
}

const [postgres, redis] = [await startPostgres(), await startRedis()];
const ports = await Promise.all(Array.from({ length: servers }, (_, i) => freePort(5081 + i)));
const proxy = programs.caddy && (await freePort(5080));
const shown = `http://127.0.0.1:${proxy || ports[0]}`;
const settings = { Summit__Postgres: postgres.connection, Summit__Cluster__Redis: `127.0.0.1:${redis}`, Summit__Address: shown, Summit__PrintLinks: 'false' };
const addresses = await Promise.all(ports.map((port, i) => startServer(i + 1, port, settings)));
if (proxy) await startProxy(proxy, addresses);
tell(proxy && shown, addresses, postgres.port, redis);
