/** The keys of `paths`: templates whose variables are in braces. */

/** `paths` may hold extensions beside paths. */
export const isPath = (key: string): boolean => !key.startsWith('x-');

/** What is wrong with the braces of a path; undefined when every variable is whole and inside one segment. */
export function templateProblem(path: string): string | undefined {
  if (!/[{}]/.test(path)) return undefined;
  for (const segment of path.split('/')) {
    let open = -1;
    for (let at = 0; at < segment.length; at += 1) {
      if (segment[at] === '{') {
        if (open >= 0) return `"${segment}" opens a brace inside a variable`;
        open = at;
      } else if (segment[at] === '}') {
        if (open < 0) return `"${segment}" closes a brace that isn't open`;
        if (segment.slice(open + 1, at).trim() === '') return `"${segment}" has a variable without a name`;
        open = -1;
      }
    }
    if (open >= 0) return `"${segment}" doesn't close its brace`;
  }
  return undefined;
}

/** The names of a path's variables, without default values. */
export const pathVariables = (path: string): string[] =>
  (path.match(/\{[^{}/=]+(?:=[^{}/]*)?\}/g) ?? []).map((variable) => variable.slice(1, -1).split('=', 1)[0] ?? '');

/** What the gateway tells apart: case and the names of variables don't count. */
export const routeOf = (path: string): string => {
  const lower = path.toLowerCase();
  return lower.includes('{') ? lower.replaceAll(/\{[^{}/]*\}/g, '{}') : lower;
};
