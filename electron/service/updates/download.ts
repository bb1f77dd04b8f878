import { renameSync, rmSync, statSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { UpdatePackage } from '../../../shared/contract/updates.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { createPrivateFolder, errorCode, syncFolder } from '../../files/private-file.ts'
import { Refusal } from '../kit/refusal.ts'
import { askFeed, refuseStatus } from './feed.ts'
import { verifyPackage } from './package-file.ts'
import { UpdateRefused } from './refused.ts'

export interface Download {
  readonly feed: string
  readonly file: UpdatePackage
  /** A folder of this user alone; whatever else is in it is removed. */
  readonly folder: string
  readonly signal: AbortSignal | undefined
}

/** Where an incomplete download is: its name is of the content that it has to get, so no other release continues it. */
function partPath(folder: string, { sha512 }: UpdatePackage): string {
  return join(folder, `${sha512.slice(0, 32)}.part`)
}

/** How much of a package an interrupted download left. */
export function partialBytes(folder: string, file: UpdatePackage): number {
  return statSync(partPath(folder, file), { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Downloads a package, continuing what an interrupted download left, and yields how far it is. It has its own name only
 * after its size and SHA-512 were compared with the description; until then it is `….part`, which is kept when the
 * connection is cut or the person cancels, and removed when it is not what it should be. The last value has all bytes.
 */
export async function* downloadPackage(download: Download): AsyncGenerator<number> {
  const { file, folder } = download
  createPrivateFolder(folder)
  const [part, target] = [partPath(folder, file), join(folder, file.name)]
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (path !== part && path !== target) rmSync(path, { recursive: true, force: true })
  }
  if (!(await isVerified(target, file))) yield* fetchVerified(download, part, target)
  yield file.bytes
}

async function* fetchVerified(download: Download, part: string, target: string): AsyncGenerator<number> {
  const { file, folder } = download
  if (partialBytes(folder, file) > file.bytes) rmSync(part, { force: true })
  if (partialBytes(folder, file) < file.bytes) yield* fetchRest(download, part)
  try {
    await verifyPackage(part, file)
  } catch (error) {
    if (error instanceof UpdateRefused) rmSync(part, { force: true })
    throw error
  }
  renameSync(part, target)
  syncFolder(folder)
}

/** True if a package that was downloaded before is still what it should be; anything else of its name is removed. */
async function isVerified(target: string, file: UpdatePackage): Promise<boolean> {
  try {
    await verifyPackage(target, file)
    return true
  } catch {
    rmSync(target, { recursive: true, force: true })
    return false
  }
}

/** Errors of this machine's disk, which are not about the connection. */
const DISK_ERRORS: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG', 'EACCES', 'EPERM'])

/** How many times the progress is reported. */
const REPORTS = 100

async function* fetchRest({ feed, file, signal }: Download, part: string): AsyncGenerator<number> {
  const answer = await askFrom(feed, file, part, signal)
  let bytes = answer.status === 206 ? statSync(part).size : 0
  let reported = bytes
  const out = await open(part, bytes === 0 ? 'w' : 'a', 0o600)
  try {
    yield bytes
    for await (const piece of answer.body ?? []) {
      bytes += piece.length
      if (bytes > file.bytes) throw refuseSize(file, 'more than')
      await out.appendFile(piece)
      if (bytes - reported >= file.bytes / REPORTS) {
        reported = bytes
        yield bytes
      }
    }
    await out.sync()
  } catch (error) {
    if (error instanceof UpdateRefused) rmSync(part, { force: true })
    if (error instanceof UpdateRefused || DISK_ERRORS.has(errorCode(error) ?? '')) throw error
    throw interrupted(file, bytes, error)
  } finally {
    await out.close()
  }
  if (bytes < file.bytes) throw interrupted(file, bytes, null)
}

/** Asks for what is missing: 206 with the rest, or 200 with all of it. */
async function askFrom(
  feed: string,
  file: UpdatePackage,
  part: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const from = statSync(part, { throwIfNoEntry: false })?.size ?? 0
  const answer = await askFeed(feed, file.name, { signal, from })
  if (from > 0 && answer.status === 416) {
    // The file of the feed ends before that: what is here is not a beginning of it.
    await answer.body?.cancel()
    rmSync(part, { force: true })
    return askFrom(feed, file, part, signal)
  }
  if (answer.status !== 200 && answer.status !== 206) throw await refuseStatus(feed, file.name, answer)
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/u.exec(answer.headers.get('content-range') ?? '')
  const length = answer.headers.get('content-length')
  const total = answer.status === 206 ? Number(range?.[3] ?? Number.NaN) : Number(length ?? file.bytes)
  const isRest = answer.status === 200 || (from > 0 && Number(range?.[1]) === from)
  if (total !== file.bytes || !isRest) {
    await answer.body?.cancel()
    rmSync(part, { force: true })
    throw refuseSize(
      file,
      Number.isNaN(total) || total === file.bytes ? 'another part than' : `${counted(total, 'byte')}, not`,
    )
  }
  return answer
}

function refuseSize({ name, bytes }: UpdatePackage, has: string): UpdateRefused {
  return new UpdateRefused(
    `The feed sends ${has} the ${counted(bytes, 'byte')} of ${name} that the signed description has; what was downloaded is removed.`,
    'Check for updates again. If that does not help, report it to the publisher of the release.',
  )
}

function interrupted({ name, bytes }: UpdatePackage, had: number, cause: unknown): Refusal {
  return new Refusal(
    'CONFLICT',
    `The download of ${name} was interrupted at ${counted(had, 'byte')} of ${bytes}.`,
    'Download again: it continues there.',
    { cause },
  )
}
