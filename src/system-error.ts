/** What the operating system refuses, in words. */

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'the operating system does not allow it',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'a folder stands where a file is expected',
  ENOTDIR: 'a file stands where a folder is expected',
  ELOOP: 'the symbolic link leads back to itself',
  EMFILE: 'too many open files',
  EBUSY: 'the file is in use by another program',
  EEXIST: 'a file stands where a folder is expected',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports a fault',
  ENAMETOOLONG: 'the name is too long',
  // what Node refuses itself
  ERR_FS_FILE_TOO_LARGE: 'the file is too large',
  ERR_STRING_TOO_LONG: 'the file is too large',
};

/** Why the operating system refused; undefined for an error of another kind. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return reasons[String(error.code)];
}
