import { UserError } from '../errors.ts';
import type { Context, FlagSpec, Flags } from './command.ts';
import { portFlag } from './port.ts';

/** The flags of `test --serve`. */

export const serveFlags: readonly FlagSpec[] = [
  {
    name: 'serve',
    value: 'PORT',
    description: 'be a mock of the API on 127.0.0.1, which remembers what it is sent (0: any port)',
  },
  { name: 'seed', value: 'TEXT', description: 'with --serve: the same one gives the same answers (default: 1)' },
  {
    name: 'events-to',
    value: 'ORIGIN',
    many: true,
    description: 'with --serve: notifications may go to this origin, too, not only to this machine (repeatable)',
  },
];

/** Everything else that `test` does. */
const others = [
  'init',
  'operation',
  'coverage',
  'update',
  'record',
  'live',
  'watch',
  'min',
  'yes',
  'freeze',
  'connection',
  'connection-set',
  'send-to',
];

/** @throws UserError for flags that don't go together */
export function refuseServeContradictions(
  { format, shownFrom }: Context,
  files: readonly string[],
  flags: Flags,
): void {
  if (flags.text('serve') === undefined) {
    const lonely = flags.text('seed') !== undefined ? 'seed' : flags.list('events-to').length > 0 ? 'events-to' : '';
    if (lonely !== '') throw new UserError(`--${lonely} is for --serve`, { hint: 'add --serve PORT' });
    return;
  }
  const other = others.find((name) => flags.on(name) || flags.text(name) !== undefined);
  if (other !== undefined) {
    throw new UserError(`--serve and --${other} contradict each other`, { hint: 'leave one of them out' });
  }
  if (format !== undefined && format !== 'text') {
    throw new UserError(`--serve has no report, and so no --format ${format}`, { hint: 'leave it out' });
  }
  if (files.length > 0) throw new UserError('--serve takes no files', { hint: 'it serves the whole definition' });
  if (shownFrom !== undefined) throw new UserError('--serve is for one connector', { hint: 'name it by --cwd' });
  portFlag('serve', flags);
  originsOf(flags);
}

/** @throws UserError for anything but origins */
export function originsOf(flags: Flags): string[] {
  return flags.list('events-to').map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
    if (isOrigin && url.username === '') return url.origin;
    throw new UserError(`--events-to ${text}: is not an origin`, {
      hint: 'write scheme, host and port: https://hooks.example.com',
    });
  });
}
