/** What the operating system refuses, in words. */

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'the operating system does not allow it',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'there is a folder where a file is expected',
  ENOTDIR: 'there is a file where a folder is expected',
  ELOOP: 'the symbolic link leads back to itself',
  EMFILE: 'too many open files',
  EBUSY: 'the file is in use by another program',
  EEXIST: 'there is a file where a folder is expected',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EDQUOT: 'the disk space of this user is used up',
  EFBIG: 'the file is too large',
  EIO: 'the disk reports a fault',
  ENFILE: 'too many open files',
  ENODEV: 'it is not a file but a device that does not answer',
  ENXIO: 'it is not a file but a device that does not answer',
  ENOTEMPTY: 'the folder is not empty',
  ENOTSUP: 'the file system does not allow it',
  EXDEV: 'it lies on another disk',
  ESTALE: 'the file was removed meanwhile',
  ETIMEDOUT: 'the disk does not answer',
  ENAMETOOLONG: 'the name is too long',
  // what Node and our own reading (files/read.ts) refuse
  ERR_NO_REGULAR_FILE: 'this is a device or a pipe, not a file',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large',
  ERR_STRING_TOO_LONG: 'the file is too large',
};

/** Why the operating system refused; undefined for an error of another kind. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes'))
    return 'a name of a file has no null characters';
  return reasons[String(error.code)];
}

/** Texts may be nested, and references chained, more deeply than functions can call themselves. */
export const isTooDeep = (error: unknown): boolean => error instanceof RangeError && /call stack/i.test(error.message);
