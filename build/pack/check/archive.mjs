import { join } from 'node:path'

import { extractFile, listPackage } from '@electron/asar'

/** The files of the archive of a package, by their paths in it. */
export function listArchive(resources) {
  const files = listPackage(join(resources, 'app.asar'), { isPack: false })
  return files.map((file) => file.replaceAll('\\', '/').replace(/^\//u, ''))
}

export function readArchived(resources, file) {
  return extractFile(join(resources, 'app.asar'), file).toString('utf8')
}

/** The texts of the files of the archive whose paths match, in one. */
export function readAllArchived(resources, pattern) {
  return listArchive(resources)
    .filter((file) => pattern.test(file))
    .map((file) => readArchived(resources, file))
    .join('\n')
}
