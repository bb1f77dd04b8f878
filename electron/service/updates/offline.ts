import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import type { UpdateDescription, UpdatePackage } from '../../../shared/contract/updates.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { errorCode } from '../../files/private-file.ts'
import { Refusal } from '../kit/refusal.ts'
import { DESCRIPTION_FILE, LARGEST, readDescription, SIGNATURE_FILE } from './description.ts'
import { verifyPackage } from './package-file.ts'
import type { ReleaseKey } from './release-key.ts'
import { UpdateRefused } from './refused.ts'

/** A package on this disk that is what the release key signed. */
export interface VerifiedPackage {
  readonly description: UpdateDescription
  readonly file: UpdatePackage
}

/**
 * Verifies a package by the description and its signature in the same folder. Throws `UpdateRefused` where one of the
 * three is not what the release key signed, and `Refusal` where one cannot be read.
 */
export async function verifyOffline(path: string, key: ReleaseKey): Promise<VerifiedPackage> {
  const folder = dirname(path)
  await requirePlainFile(path)
  const description = readDescription(
    { description: await readBeside(folder, DESCRIPTION_FILE), signature: await readBeside(folder, SIGNATURE_FILE) },
    key,
  )
  const name = basename(path)
  const file = description.files.find((each) => each.name === name)
  if (file === undefined) {
    throw new UpdateRefused(
      `${name} is not a package of the release that ${DESCRIPTION_FILE} beside it describes (${description.version}).`,
      'Choose one of its packages, with its name unchanged, or get the description of its own release.',
    )
  }
  await verifyPackage(path, file).catch((error: unknown) => {
    throw error instanceof UpdateRefused ? error : unreadable(path, error)
  })
  return { description, file }
}

/** Opening must not wait: a pipe without a writer would hold the program for good. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

async function openPlainFile(path: string): Promise<FileHandle> {
  const file = await open(path, WITHOUT_WAITING)
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new UpdateRefused(`${path} is not a plain file.`, 'Get the release again.')
}

async function requirePlainFile(path: string): Promise<void> {
  try {
    await (await openPlainFile(path)).close()
  } catch (error) {
    throw error instanceof UpdateRefused ? error : unreadable(path, error)
  }
}

async function readBeside(folder: string, name: keyof typeof LARGEST): Promise<Uint8Array> {
  const path = join(folder, name)
  const most = LARGEST[name]
  try {
    await using file = await openPlainFile(path)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(most + 1), 0, most + 1, 0)
    if (bytesRead <= most) return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw error instanceof UpdateRefused ? error : unreadable(path, error)
  }
  throw new UpdateRefused(
    `${path} is larger than ${counted(most, 'byte')}, the most that is read.`,
    'Get the release again.',
  )
}

function unreadable(path: string, error: unknown): Refusal {
  const code = errorCode(error)
  return new Refusal(
    'INVALID',
    code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${code ?? String(error)}.`,
    `A package is verified by ${DESCRIPTION_FILE} and ${SIGNATURE_FILE}, which have to be in the same folder.`,
    { about: 'path', cause: error },
  )
}
