import { chmodSync, closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Restricts an open register, the files that SQLite keeps beside it and its backups to its user (0600): SQLite creates
 * files that others may read if the umask allows it, and gives its journal files the permissions of the register.
 */
export function keepRegisterPrivate(path: string): void {
  // A register in memory has no files.
  if (!existsSync(path)) return
  const files = [path, `${path}-wal`, `${path}-shm`, ...listBackups(path)]
  for (const file of files.filter((each) => existsSync(each))) {
    // Only its owner and root can change the permissions of a file.
    if ((statSync(file).mode & 0o077) !== 0 && isOwn(file)) chmodSync(file, 0o600)
  }
}

function listBackups(path: string): readonly string[] {
  const folder = join(dirname(path), 'backups')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(folder, name))
}

function isOwn(file: string): boolean {
  const user = process.geteuid?.()
  return user === undefined || user === 0 || statSync(file).uid === user
}

/** Creates an empty file that only this user can read, for SQLite to fill. Throws `EEXIST`. */
export function newPrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}
