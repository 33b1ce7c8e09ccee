import { spawn, spawnSync } from 'node:child_process';

/** What docker-compose.yml calls its one-shots; all else stays up. */
export const JOBS: readonly string[] = ['configure', 'migrate', 'demo'];

export interface Container {
  readonly id: string;
  readonly service: string;
  readonly status: string;
  readonly exitCode: number;
  readonly pid: number;
  readonly restarts: number;
  /** Of a container with a health check. */
  readonly health: string | undefined;
  readonly readOnly: boolean;
  readonly droppedCapabilities: readonly string[];
  readonly securityOptions: readonly string[];
  /** `4000/tcp 0.0.0.0:20001`, one for each published port. */
  readonly published: readonly string[];
}

/** Runs a shell line. @returns what it printed on its output @throws Error with all that it printed when it fails */
export async function shell(
  line: string,
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const child = spawn('bash', ['-o', 'pipefail', '-c', line], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let all = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += String(chunk);
    all += String(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => (all += String(chunk)));
  const code = await new Promise<number | string | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', (status, signal) => done(status ?? signal));
  });
  if (code !== 0) throw new Error(`${line}\nended with ${code}:\n${all.split('\n').slice(-60).join('\n')}`);
  return output;
}

/**
 * The words by which compose is called here: `docker compose`, else docker-compose; LOKMIN_COMPOSE names another.
 * @throws Error that says what is missing
 */
export function findCompose(): string {
  const works = (command: string, ...parameters: string[]) => spawnSync(command, parameters).status === 0;
  if (!works('docker', 'info'))
    throw new Error(
      'No Docker engine answers (`docker info` fails). This check needs one, and the right to use it: see https://docs.docker.com/engine/install/.',
    );
  if (process.env['LOKMIN_COMPOSE']) return process.env['LOKMIN_COMPOSE'];
  if (works('docker', 'compose', 'version')) return 'docker compose';
  if (works('docker-compose', 'version')) return 'docker-compose';
  throw new Error(
    'There is a Docker engine, but neither `docker compose` nor docker-compose: install one of them.',
  );
}

interface Inspected {
  Id: string;
  RestartCount: number;
  State: { Status: string; ExitCode: number; Pid: number; Health?: { Status: string } };
  Config: { Labels: Record<string, string> };
  HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[] | null; SecurityOpt: string[] | null };
  NetworkSettings: { Ports: Record<string, { HostIp: string; HostPort: string }[] | null> };
}

/** Every container of a compose project that `up` made, stopped ones too. */
export async function containersOf(project: string): Promise<Container[]> {
  const ids = (
    await shell(
      `docker ps -aq --filter label=com.docker.compose.project=${project} --filter label=com.docker.compose.oneoff=False`,
    )
  ).split(/\s+/);
  const known = ids.filter(Boolean);
  if (known.length === 0) return [];
  const inspected = JSON.parse(await shell(`docker inspect ${known.join(' ')}`)) as Inspected[];
  return inspected
    .map(({ Id, RestartCount, State, Config, HostConfig, NetworkSettings }) => ({
      id: Id,
      service: Config.Labels['com.docker.compose.service']!,
      status: State.Status,
      exitCode: State.ExitCode,
      pid: State.Pid,
      restarts: RestartCount,
      health: State.Health?.Status,
      readOnly: HostConfig.ReadonlyRootfs,
      droppedCapabilities: HostConfig.CapDrop ?? [],
      securityOptions: HostConfig.SecurityOpt ?? [],
      published: Object.entries(NetworkSettings.Ports).flatMap(([inside, bindings]) =>
        (bindings ?? [])
          .filter(({ HostIp }) => !HostIp.includes(':')) // each is bound for IPv6 once more
          .map(({ HostIp, HostPort }) => `${inside} ${HostIp}:${HostPort}`),
      ),
    }))
    .sort((a, b) => a.service.localeCompare(b.service));
}
