import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'

/**
 * Leaves a register that is open, and what SQLite keeps beside it, to its user alone (0600): SQLite makes files that others
 * may read where the umask lets it, and gives its journal files the permissions of the register.
 */
export function keepRegisterPrivate(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`].filter((each) => existsSync(each))) {
    // Only its owner and root can change the permissions of a file.
    if ((statSync(file).mode & 0o077) !== 0 && isOwn(file)) chmodSync(file, 0o600)
  }
}

function isOwn(file: string): boolean {
  const user = process.geteuid?.()
  return user === undefined || user === 0 || statSync(file).uid === user
}

/** An empty file of this user alone, for SQLite to fill. Throws `EEXIST`. */
export function newPrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}
