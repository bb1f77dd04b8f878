import { invalid, Refusal } from '../refusal.ts'

export { invalid }

/** What the file system says against a path, as a refusal; a refusal stays as it is. */
export function notFoundPath(path: string, error: unknown): unknown {
  if (error instanceof Refusal) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return invalid('path', `${path} does not exist.`, 'Give the folder or the zip of a pack.')
  if (code === 'ENOTDIR')
    return invalid('path', `A part of ${path} is a file.`, 'Give the folder or the zip of a pack.')
  if (code === 'EACCES' || code === 'EPERM') {
    return invalid(
      'path',
      `${path} cannot be read: no permission.`,
      'Ask its owner, or copy it to a place of your own.',
    )
  }
  return error
}
