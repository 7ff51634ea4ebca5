/**
 * Names of folders and files that some program takes for something else: a pattern, a flag, a variable, an escape, a part
 * of an address, a property of every object. All of them are possible on the systems that tests run on.
 */
export const oddNames: readonly string[] = [
  ' a',
  'a  b',
  'a [1]',
  'a(b)',
  '{a,b}',
  '!a',
  '#a',
  'a%20b',
  '100%',
  'a&b',
  'a;b',
  "it's",
  'a`b`',
  '$HOME',
  '$&',
  '$(a)',
  '%PATH%',
  '~',
  '~a',
  '^a',
  '@{a}',
  'a+b',
  '=a',
  '-a',
  '--help',
  '.a',
  'a.lock',
  'a..b',
  '__proto__',
  'constructor',
  'e\u0301',
  '\u00e9',
  '😀',
  '\u202eabc',
  ...(process.platform === 'win32'
    ? []
    : ['a*b', 'a?b', 'a"b', 'a\\b', 'a:b', 'a|b', '<a>', 'a.', 'a ', 'a\nb', 'a\u001b[31m']),
];
