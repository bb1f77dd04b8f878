import { watch, type FSWatcher } from 'node:fs'

import type { FolderFile } from '../../../shared/contract/usage-folders.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type StoredFolder, usageFolders } from '../../register/usage/folders.ts'
import { type Context, getReader } from '../core/context.ts'
import { checkFolders, PATIENCE, type Patience } from './folders.ts'

/** How soon after a change a folder is looked at, and how often anyway: a network share may not report changes. */
const SOON_MS = 300
const REGULAR_MS = 180_000

/** A file that is still being written is looked at again after this. */
const AGAIN_MS = 5000

export interface WatchOptions {
  readonly scope: Scope
  readonly patience?: Patience
  readonly tell: (file: FolderFile, folder: StoredFolder) => void
}

/**
 * Imports files of watched folders as they appear or grow, from now on, one after the other; also those of folders that
 * are added meanwhile. Returns a function that stops it, which waits for a running import.
 */
export function watchFolders(
  context: Context,
  { scope, patience = PATIENCE, tell }: WatchOptions,
): () => Promise<void> {
  const stop = new AbortController()
  const watched = new Map<string, FSWatcher>()
  let [due, running] = [undefined as NodeJS.Timeout | undefined, null as Promise<void> | null]
  let again = false

  const soon = (ms: number): void => {
    if (stop.signal.aborted) return
    clearTimeout(due)
    due = setTimeout(look, ms).unref()
  }
  const look = (): void => {
    again = running !== null
    if (running !== null) return
    running = check()
      .catch(() => AGAIN_MS * 12)
      .then((next) => {
        running = null
        return soon(again ? SOON_MS : next)
      })
  }
  /** Returns after how many milliseconds another look is due. */
  const check = async (): Promise<number> => {
    if (context.session().register === null || context.session().mode === 'read') return REGULAR_MS
    follow(
      watched,
      usageFolders(getReader(context), scope).map(({ path }) => path),
      () => soon(SOON_MS),
    )
    const moving = await checkFolders(context, scope, { signal: stop.signal, patience, tell })
    return moving ? AGAIN_MS : REGULAR_MS
  }
  const ignore = context.events.listen((event) => {
    if (event.type === 'changed' && event.areas.some((area) => area === 'usage' || area === 'app')) soon(SOON_MS)
  })
  look()
  return async () => {
    stop.abort()
    ignore()
    clearTimeout(due)
    for (const watcher of watched.values()) watcher.close()
    await running
  }
}

/** Watches for a service that stays open: a notification reports once what could not be imported, or only in part. */
export function watchForHost(context: Context): () => Promise<void> {
  return watchFolders(context, {
    scope: {},
    tell: ({ name, state, says }, { client }) => {
      if (state === 'taken') return context.host.note?.(`${client.slug}: ${name} was imported.`, 'done')
      context.host.notify?.({
        title: `${client.name}: ${name} was ${state === 'refused' ? 'not imported' : 'imported without some rows'}`,
        body: says ?? '',
        to: `/usage/reconciliation?client=${encodeURIComponent(client.slug)}`,
      })
    },
  })
}

/** Watches these folders and no others. One that cannot be watched is still looked at regularly. */
function follow(watched: Map<string, FSWatcher>, paths: readonly string[], changed: () => void): void {
  for (const [path, watcher] of watched) {
    if (paths.includes(path)) continue
    watcher.close()
    watched.delete(path)
  }
  for (const path of paths) {
    if (watched.has(path)) continue
    try {
      const watcher = watch(path, { persistent: false }, changed)
      watcher.on('error', () => {
        watcher.close()
        watched.delete(path)
      })
      watched.set(path, watcher)
    } catch {
      // It does not exist, or the system watches no more folders.
    }
  }
}
