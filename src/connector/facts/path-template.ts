/** The keys of `paths`: templates whose variables are in braces. */

/** `paths` may hold extensions beside paths. */
export const isPath = (key: string): boolean => !key.startsWith('x-');

const wellFormed = /^[^{}]*(?:\{(?!\s*\})[^{}/]+\}[^{}]*)*$/;

/** What is wrong with the braces of a path; undefined when every variable is whole and inside one segment. */
export function templateProblem(path: string): string | undefined {
  if (wellFormed.test(path)) return undefined;
  let open = -1;
  for (let at = path.search(/[{}]/); at >= 0 && at <= path.length; at += 1) {
    const char = path[at];
    if (char === '{') {
      if (open >= 0) return `${segmentAt(path, at)} opens a brace inside a variable`;
      open = at;
    } else if (char === '}') {
      if (open < 0) return `${segmentAt(path, at)} closes a brace that isn't open`;
      if (path.slice(open + 1, at).trim() === '') return `${segmentAt(path, at)} has a variable without a name`;
      open = -1;
    } else if (open >= 0 && (char === '/' || char === undefined)) {
      return `${segmentAt(path, open)} doesn't close its brace`;
    }
  }
  return undefined;
}

/** The segment around a character, in quotes. */
function segmentAt(path: string, at: number): string {
  const end = path.indexOf('/', at);
  return `"${path.slice(path.lastIndexOf('/', at) + 1, end < 0 ? undefined : end)}"`;
}

/** The names of a path's variables, without default values. */
export const pathVariables = (path: string): string[] =>
  (path.match(/\{[^{}/=]+(?:=[^{}/]*)?\}/g) ?? []).map((variable) => variable.slice(1, -1).split('=', 1)[0] ?? '');

/** What the gateway tells apart: case and the names of variables don't count. */
export const routeOf = (path: string): string => {
  const lower = path.toLowerCase();
  return lower.includes('{') ? lower.replaceAll(/\{[^{}/]*\}/g, '{}') : lower;
};
