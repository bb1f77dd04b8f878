import { lstat } from 'node:fs/promises'

import { absolutePath, explained } from '../kit/paths.ts'
import { invalid } from '../kit/refusal.ts'
import { folderSource, type PackSource } from './pack-source.ts'

/** Opens a folder or a zip. Throws `Refusal` INVALID for what is neither, or cannot be read. */
export async function openPackSource(path: string): Promise<PackSource> {
  const whole = absolutePath(path)
  const status = await lstat(whole).catch((error: unknown) => {
    throw explained(error, whole, 'read')
  })
  const target = status.isSymbolicLink() ? await followed(whole) : status
  if (target.isDirectory()) return folderSource(whole)
  if (!target.isFile()) throw invalid('path', `${whole} is neither a folder nor a file.`, 'Give the folder or the zip.')
  const { zipSource } = await import('./zip-source.ts')
  return zipSource(whole)
}

async function followed(path: string) {
  const { stat } = await import('node:fs/promises')
  return stat(path).catch((error: unknown) => {
    throw explained(error, path, 'read')
  })
}
