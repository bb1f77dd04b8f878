import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/** Where a file is saved unless the person says otherwise: the downloads folder, or the home folder where there is none. */
export function suggestedPath(suggestedName: string, home: string = homedir()): string {
  const downloads = join(home, 'Downloads')
  return join(existsSync(downloads) ? downloads : home, basename(suggestedName.replaceAll('\\', '/')))
}
