import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The loader of musl, with which the package itself has to choose between two modules for Linux. */
const MUSL = { x64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' } as const

let found: string | null | undefined

/**
 * The native module of SQLite for this system; null where its package has to find it. On Linux the package makes a report of the
 * whole process for that in each thread, which takes milliseconds, and seconds on a busy machine.
 */
export function findSqliteModule(): string | null {
  if (found === undefined) found = find(process)
  return found
}

function find({ platform, arch }: { readonly platform: string; readonly arch: string }): string | null {
  const musl = MUSL[arch as keyof typeof MUSL]
  if (platform === 'linux' && (musl === undefined || existsSync(musl))) return null
  const folder = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'))
  const path = join(folder, 'prebuilds', `${platform}-${arch}.node`)
  return existsSync(path) ? path : null
}
