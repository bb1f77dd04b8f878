import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * The default folder for a file: the downloads folder, as the system names it, or the home folder where there is none.
 */
export function suggestedPath(suggestedName: string, downloads: string = join(homedir(), 'Downloads')): string {
  return join(existsSync(downloads) ? downloads : homedir(), basename(suggestedName.replaceAll('\\', '/')))
}
