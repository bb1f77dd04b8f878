import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { ZipFile } from 'yazl'

/** Writes files of a folder into a zip, under one folder of the given name; a file at a time, so it needs little memory. */
export async function writeZip(
  folder: string,
  names: readonly string[],
  to: { readonly path: string; readonly inside: string; readonly at: number },
): Promise<void> {
  const zip = new ZipFile()
  for (const name of names) {
    zip.addFile(join(folder, name), `${to.inside}/${name}`, { mtime: new Date(to.at), mode: 0o100644 })
  }
  zip.end()
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    pipeline(zip.outputStream, createWriteStream(to.path, { flags: 'wx', mode: 0o600, flush: true })).then(
      resolve,
      reject,
    )
  })
}
