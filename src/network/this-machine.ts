import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { UserError } from '../errors.ts';
import { refusalOf } from '../system-error.ts';

/** Servers that only this machine reaches. */
export const thisMachine = '127.0.0.1';

const highestPort = 65_535;

export interface PortOptions {
  /** How many ports after the wished one may be taken instead. */
  others?: number;
  /** What to do where none can be had: the flag for another one. */
  hint: string;
}

/**
 * Listens on this machine only.
 *
 * @param port 0: any
 * @returns the port
 * @throws UserError where it is in use, or may not be used
 */
export async function listenHere(server: Server, port: number, { others = 0, hint }: PortOptions): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + others, highestPort);
  for (let candidate = port; candidate <= last; candidate += 1) {
    const problem = await tryPort(server, candidate);
    if (problem === undefined) return portOf(server);
    if (candidate < last && (problem.code === 'EADDRINUSE' || problem.code === 'EACCES')) continue;
    const ports = last > port ? `each port from ${port} to ${last}` : `port ${port}`;
    throw new UserError(`${ports} of this machine ${whyNot(problem)}`, { hint, cause: problem });
  }
  throw new RangeError(`${port} is not a port`);
}

function tryPort(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      resolve(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(undefined);
    };
    server.once('error', onError).once('listening', onListening);
    // of a cluster only one process has it
    server.listen({ host: thisMachine, port, exclusive: true });
  });
}

function whyNot(problem: NodeJS.ErrnoException): string {
  if (problem.code === 'EADDRINUSE') return 'is in use by another program';
  if (problem.code === 'EACCES') return 'may not be used';
  return `can't be used: ${refusalOf(problem) ?? problem.message}`;
}

/** Of a server that listens; 0 before. */
export function portOf(server: Server): number {
  const where = server.address();
  return typeof where === 'object' && where !== null ? where.port : 0;
}

/** Also ends what is under way. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** What nobody can guess, as a part of a path. */
export const randomToken = (): string => randomBytes(24).toString('base64url');
