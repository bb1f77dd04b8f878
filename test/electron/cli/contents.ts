import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What is in a folder (or the file at the path), by path, with the hash of each file's contents; without the log, in which
 * any process may note what took long.
 */
export function readContents(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {}
  if (statSync(path).isFile()) return { [path]: computeHash(path) }
  return Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter(({ name }) => name !== 'castellan.log')
      .map((entry) => {
        const at = join(entry.parentPath, entry.name)
        return [at, entry.isFile() ? computeHash(at) : 'folder']
      }),
  )
}

function computeHash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
