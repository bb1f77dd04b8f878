import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Where a file is saved unless the person says otherwise: in the downloads folder, as the system names it where it does, or
 * in the home folder where there is none.
 */
export function suggestedPath(suggestedName: string, downloads: string = join(homedir(), 'Downloads')): string {
  return join(existsSync(downloads) ? downloads : homedir(), basename(suggestedName.replaceAll('\\', '/')))
}
