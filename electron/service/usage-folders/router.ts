import { usageFoldersContract } from '../../../shared/contract/usage-folders.ts'
import { accessSync, constants } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, normalize } from 'node:path'

import type { FolderFile, UsageFolder } from '../../../shared/contract/usage-folders.ts'
import {
  fileCount,
  latestFiles,
  type StoredFolder,
  findUsageFolder,
  usageFolders,
} from '../../register/usage/folders.ts'
import { assertWritable, checkScope, findClientId, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation, findOrCreateUid } from '../core/operations.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'
import { checkFolders } from '../usage/folders.ts'
import { watchFolders } from '../usage/watch-folders.ts'

const os = implementArea({ usageFolders: usageFoldersContract })

const SHOWN_FILES = 50

const HOLD_MS = 3_600_000

function toView(context: Context, folder: StoredFolder): UsageFolder {
  const reader = getReader(context)
  const { folderId, client, path, addedAt, addedBy } = folder
  return {
    folderId,
    client,
    path,
    addedAt,
    addedBy,
    readable: isReadable(folder.path),
    files: latestFiles(reader, folder.folderId, SHOWN_FILES),
    fileCount: fileCount(reader, folder.folderId),
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function existing(context: Context, folderId: number): StoredFolder {
  const folder = findUsageFolder(getReader(context), 'id', folderId)
  if (folder === null) throw notFound(`Folder ${folderId}`, 'Read the list of folders again.')
  return folder
}

export const usageFoldersRouter = {
  list: os.usageFolders.list.handler(({ context, input }) => {
    checkScope(context, input)
    return usageFolders(getReader(context), input).map((folder) => toView(context, folder))
  }),
  add: os.usageFolders.add.handler(async ({ context, input }) => {
    assertWritable(context)
    findClientId(context, input.client)
    const typed = input.path.trim()
    if (!isAbsolute(typed)) throw invalid('path', `${typed} is not a full path.`, 'Write it from the root on.')
    const path = normalize(typed).replace(/(?<=.)[/\\]+$/u, '')
    const found = await stat(path).catch(() => null)
    if (found === null) throw invalid('path', `The folder ${path} does not exist.`, 'Check the path.')
    if (!found.isDirectory()) throw invalid('path', `${path} is not a folder.`, 'Name the folder that holds the files.')
    const holder = findUsageFolder(getReader(context), 'path', path)
    if (holder !== null) {
      throw new Refusal(
        'CONFLICT',
        `${path} is watched already, for ${holder.client.name}.`,
        'Records would be counted twice; remove the other first.',
      )
    }
    const { folder } = commitOperation(context, {
      kind: 'usage.folder-added',
      client: input.client,
      subject: path,
      body: { v: 1, folderUid: findOrCreateUid(context, 'folder', null), path },
    })
    return toView(context, existing(context, folder ?? 0))
  }),
  remove: os.usageFolders.remove.handler(({ context, input }) => {
    const { client, path } = existing(context, input.folderId)
    commitOperation(context, {
      kind: 'usage.folder-removed',
      client: client.slug,
      subject: path,
      body: { v: 1, folderUid: findOrCreateUid(context, 'folder', input.folderId), path },
    })
    return { done: true as const }
  }),
  check: os.usageFolders.check.handler(async ({ context, input, signal }) => {
    checkScope(context, input)
    assertWritable(context)
    const files: FolderFile[] = []
    await checkFolders(context, input, {
      signal: signal ?? new AbortController().signal,
      tell: (file) => void files.push(file),
    })
    return files
  }),
  watch: os.usageFolders.watch.handler(async function* ({ context, input, signal }) {
    checkScope(context, input)
    assertWritable(context)
    const reported: FolderFile[] = []
    let next = Promise.withResolvers<void>()
    const wake = (): void => next.resolve()
    const stop = watchFolders(context, {
      scope: input,
      tell: (file) => {
        reported.push(file)
        wake()
      },
    })
    signal?.addEventListener('abort', wake)
    // A terminal has nothing else to wait for, and would end.
    const holding = setInterval(() => undefined, HOLD_MS)
    try {
      for (;;) {
        yield* reported.splice(0)
        if (signal?.aborted === true) return
        await next.promise
        next = Promise.withResolvers()
      }
    } finally {
      clearInterval(holding)
      signal?.removeEventListener('abort', wake)
      await stop()
    }
  }),
}
