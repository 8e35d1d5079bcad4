// The real server, as a process of its own on a data folder of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SessionId } from '../src/types.js';

/** What the server writes into its data folder about the demonstration. */
export interface Links {
  readonly address: string;
  readonly admin: string;
  readonly conferences: readonly {
    readonly id: string;
    readonly title: string;
    readonly code: string;
    readonly join: string;
    readonly links: readonly {
      readonly role: 'moderator' | 'stage' | 'host';
      readonly label: string;
      readonly link: string;
    }[];
    readonly sessions: readonly { readonly id: SessionId; readonly title: string }[];
  }[];
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

function builtServer(): string {
  const named = process.env['SUMMIT_SERVER_DLL'];
  const candidates = named
    ? [resolve(named)]
    : ['Release', 'Debug'].map((kind) => join(root, `src/Summit.Server/bin/${kind}/net10.0/Summit.Server.dll`));
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    `There is no server at ${candidates.join(' or ')}. Build it with: dotnet build src/Summit.Server -c Release`,
  );
}

export class Server {
  readonly #dll = builtServer();
  readonly #data = mkdtempSync(join(tmpdir(), 'summit-client-test-'));
  #process: ChildProcess | null = null;
  #output = '';

  private constructor(readonly address: string) {}

  static async start(): Promise<Server> {
    const server = new Server(`http://127.0.0.1:${await freePort()}`);
    await server.start();
    return server;
  }

  get links(): Links {
    return JSON.parse(readFileSync(join(this.#data, 'links.json'), 'utf8')) as Links;
  }

  /** Comes back when the server answers. */
  async start(): Promise<void> {
    const { ASPNETCORE_ENVIRONMENT: _, ...env } = process.env;
    const child = spawn('dotnet', [this.#dll], {
      cwd: this.#data,
      env: { ...env, Summit__Data: this.#data, ASPNETCORE_URLS: this.address, DOTNET_NOLOGO: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (this.#output += String(chunk)));
    this.#process = child;
    await until('the server to answer /health/ready', 30_000, async () => {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.#output}`);
      return isReady(this.address);
    });
  }

  /** As a power cut would, without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  /** The process stands still; its connections stay open and silent. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** Asks again and again until it holds; says what was awaited if it never does. */
export async function until(
  what: string,
  limit: number,
  holds: () => boolean | Promise<boolean>,
  detail: () => unknown = () => '',
): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${limit} ms for ${what}. ${JSON.stringify(detail())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health/ready`)).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => (typeof at === 'object' && at ? done(at.port) : fail(new Error('There is no free port.'))));
    });
    probe.on('error', fail);
  });
}
