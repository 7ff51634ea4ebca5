/**
 * A path of the API as it was meant. Git Bash (MSYS) takes an argument that begins with a slash for a file of its own:
 * on Windows `--path /orders` arrives as `C:/Program Files/Git/orders`. A missing slash at the beginning is not a riddle.
 *
 * What isn't known (a path on a drive without a known root, a URL) stays as it is, for the check to refuse.
 *
 * @param env its `EXEPATH` says where Git Bash lies
 */
export function apiPath(value: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const path = value.trim();
  if (isWindowsPath(path)) return belowRoot(path, env.EXEPATH) ?? path;
  return /^[\w{~.-]/.test(path) && !path.includes('://') ? `/${path}` : path;
}

/** `C:/…`: never a path of an API. */
export const isWindowsPath = (path: string): boolean => /^[A-Za-z]:[\\/]/.test(path);

/** What to do about one whose root isn't known. */
export const windowsPathHint =
  'is a path of Windows (Git Bash makes one of an argument that begins with a slash); leave the first slash out, such as orders/{orderId}';

/** Folders that these shells are usually installed in; the path of the API follows the first of them. */
const usualRoots =
  /^[a-z]:\/(?:[^/]+\/)*?(?:scoop\/apps\/git\/[^/]+|git-sdk-(?:32|64)|(?:portable)?git|msys(?:2|32|64)?|cygwin(?:32|64)?)(?=\/|$)/i;

function belowRoot(path: string, executables: string | undefined): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  const given = executables?.replaceAll('\\', '/').replace(/(?:\/usr)?\/(?:bin|cmd)\/?$|\/$/i, '');
  if (given && slashed.toLowerCase().startsWith(`${given.toLowerCase()}/`)) return slashed.slice(given.length);
  const root = usualRoots.exec(slashed)?.[0];
  return root === undefined ? undefined : slashed.slice(root.length) || '/';
}
