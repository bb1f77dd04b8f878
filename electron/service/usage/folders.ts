import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { FolderFile } from '../../../shared/contract/usage-folders.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type FileLook, keepFile, knownFiles, type StoredFolder, usageFolders } from '../../register/usage/folders.ts'
import { type Context, readOperator, getReader, makeRegister } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { checkBudgets } from './budget-spend.ts'
import { importUsage } from './import.ts'

const RECORDS = /\.(?:csv|tsv|jsonl|ndjson)$/iu

export interface Patience {
  /** Milliseconds for which a file must not have changed. */
  readonly settleMs: number
  /** The milliseconds for a file whose last line has no end: its writer may only be pausing. */
  readonly openLineMs: number
}

export const PATIENCE: Patience = { settleMs: 2000, openLineMs: 60_000 }

export interface FolderCheck {
  readonly signal: AbortSignal
  readonly patience?: Patience
  /** Reported of each file that was imported or refused. */
  readonly tell: (file: FolderFile, folder: StoredFolder) => void
}

interface ChangedFolder {
  readonly folder: StoredFolder
  readonly look: FileLook
}

/**
 * Looks at the watched folders in scope and imports files that appeared or grew and no longer change. A file that was
 * processed before and has not changed since is skipped, also one that was refused. Returns whether a file is still
 * being written, so that another look is due. Throws the signal's reason when it is aborted.
 */
export async function checkFolders(
  context: Context,
  scope: Scope,
  { signal, patience = PATIENCE, tell }: FolderCheck,
): Promise<boolean> {
  const changed: ChangedFolder[] = []
  for (const folder of usageFolders(getReader(context), scope)) {
    for (const look of await changedFiles(context, folder)) changed.push({ folder, look })
  }
  if (changed.length === 0) return false
  await sleep(patience.settleMs, undefined, { signal })
  let moving = false
  for (const { folder, look } of changed) {
    signal.throwIfAborted()
    if (await isAtRest(join(folder.path, look.name), look, patience)) {
      const file = await takeIn(context, folder, look, signal)
      tell(file, folder)
      context.events.changed('usage')
    } else moving = true
  }
  return moving
}

/** Record files that changed since they were last imported; none where the folder cannot be read. */
async function changedFiles(context: Context, folder: StoredFolder): Promise<FileLook[]> {
  const known = knownFiles(getReader(context), folder.folderId)
  const names = await readdir(folder.path).catch(() => [])
  const looks: FileLook[] = []
  for (const name of names.filter((each) => RECORDS.test(each) && !each.startsWith('.')).toSorted()) {
    const look = await lookAt(folder.path, name)
    if (look === null || look.size === 0) continue
    const before = known.get(name)
    if (before?.size !== look.size || before.modifiedAt !== look.modifiedAt) looks.push(look)
  }
  return looks
}

async function lookAt(folder: string, name: string): Promise<FileLook | null> {
  const file = await stat(join(folder, name)).catch(() => null)
  if (file === null || !file.isFile()) return null
  return { name, size: file.size, modifiedAt: Math.floor(file.mtimeMs) }
}

async function isAtRest(path: string, before: FileLook, patience: Patience): Promise<boolean> {
  const now = await stat(path).catch(() => null)
  if (now === null || now.size !== before.size || Math.floor(now.mtimeMs) !== before.modifiedAt) return false
  // A file's age is measured by the clock of the machine, not the product's own.
  return Date.now() - now.mtimeMs >= patience.openLineMs || (await endsItsLine(path, now.size))
}

async function endsItsLine(path: string, size: number): Promise<boolean> {
  const file = await open(path).catch(() => null)
  // The import reports why it cannot be read.
  if (file === null) return true
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
    return buffer.toString('latin1') === '\n'
  } finally {
    await file.close()
  }
}

/** Imports one file and records the result, so that it is reported once. */
async function takeIn(
  context: Context,
  folder: StoredFolder,
  look: FileLook,
  signal: AbortSignal,
): Promise<FolderFile> {
  const register = makeRegister(context)
  const nothing = { read: 0, counted: 0, repeated: 0, refused: 0 }
  let file: FolderFile = {
    folderId: folder.folderId,
    name: look.name,
    state: 'taken',
    says: null,
    ...nothing,
    at: context.now(),
  }
  try {
    const options = {
      register,
      clientId: folder.clientId,
      client: folder.client.slug,
      path: join(folder.path, look.name),
      operator: readOperator(context),
      now: context.now,
    }
    for await (const { read, counted, repeated, refused, problems } of importUsage(options, signal)) {
      const [first] = problems
      const says = first === undefined ? null : `Line ${first.line}: ${first.says}`
      file = { ...file, read, counted, repeated, refused, state: refused > 0 ? 'partial' : 'taken', says }
    }
    checkBudgets(context)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    file = { ...file, ...nothing, state: 'refused', says: `${error.message} ${error.hint}` }
  }
  const kept = { ...file, at: context.now() }
  register.transact((writer) => keepFile(writer, look, kept))
  return kept
}
