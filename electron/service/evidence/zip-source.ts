import type { Readable } from 'node:stream'

import { type Entry, openPromise, type ZipFile } from 'yauzl'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { invalid } from '../kit/refusal.ts'
import { shownName } from '../../../shared/report/evidence-pack.ts'
import { MOST_BYTES, MOST_FILES, NO_PLAIN_FILE, type PackSource } from './pack-source.ts'

/**
 * The files of a zip, by its directory, as every unpacker reads it; a single folder around them is removed. Nothing is
 * written to the disk. Throws `Refusal` INVALID for what is not a zip, or one that no honest program writes.
 */
export async function zipSource(path: string): Promise<PackSource> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch(
    (error: unknown) => {
      throw unreadable(path, error)
    },
  )
  const entries = new Map<string, Entry>()
  const strange: EvidenceProblem[] = []
  try {
    await list(zip, path, entries, strange)
  } catch (error) {
    zip.close()
    throw unreadable(path, error)
  }
  return {
    files: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
    strange,
    read: (name) => readEntry(zip, entries.get(name)),
    close: async () => zip.close(),
  }
}

async function list(
  zip: ZipFile,
  path: string,
  entries: Map<string, Entry>,
  strange: EvidenceProblem[],
): Promise<void> {
  const refuse = (why: string): never => {
    throw invalid('path', `${path} ${why}.`, 'Give the zip of the pack as it was written.')
  }
  let total = 0
  let folder: string | null = null
  if (zip.entryCount > MOST_FILES) refuse(`holds more than ${MOST_FILES} files`)
  for await (const entry of zip.eachEntry()) {
    total += entry.uncompressedSize
    if (total > MOST_BYTES) refuse('would unpack to more than any pack has')
    const cut = entry.fileName.indexOf('/') + 1
    folder ??= entry.fileName.slice(0, cut)
    const name = entry.fileName.slice(cut)
    const say = (says: string): void => void strange.push({ file: shownName(entry.fileName), row: null, says })
    if (name === '' && entry.fileName === folder) continue
    if (entry.fileName.slice(0, cut) !== folder || name.includes('/')) say('It is in another folder of the zip.')
    else if (entries.has(name)) say('It is in the zip twice.')
    else if (!entry.canDecodeFileData()) say('It is packed in a way that cannot be read.')
    else {
      if (!isPlainFile(entry)) say(NO_PLAIN_FILE)
      // Programs that read a zip from its front would see the other name.
      const local = await zip.readLocalFileHeaderPromise(entry)
      if (!local.fileName.equals(entry.fileNameRaw)) say('It has two names in the zip.')
      entries.set(name, entry)
    }
  }
}

/**
 * True if an unpacker makes a plain file of an entry: its Unix mode, in the upper half of the attributes, is that of
 * one or absent (APPNOTE 4.4.15), and the MS-DOS attributes in the lower half do not mark a folder. A link with the
 * right bytes would pass all hashes.
 */
function isPlainFile({ externalFileAttributes }: Entry): boolean {
  const mode = externalFileAttributes >>> 16
  return (mode === 0 || (mode & 0o177000) === 0o100000) && (externalFileAttributes & 0x10) === 0
}

async function* readEntry(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new RangeError('It is not in the zip.')
  const stream: Readable = await zip.openReadStreamPromise(entry)
  for await (const piece of stream) yield piece as Uint8Array
}

function unreadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || 'hint' in error) return error
  const refusal = invalid(
    'path',
    `${path} is not a readable zip: ${shownName(error.message.replace(/\.+$/u, ''))}.`,
    'Give the folder or the zip of a pack.',
  )
  refusal.cause = error
  return refusal
}
