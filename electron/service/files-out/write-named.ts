import { newSaveTargets } from '../core/save-targets.ts'
import { fileTarget, folderTarget, type FolderTarget } from './target.ts'
import { stageFile } from './write-file.ts'

/**
 * Writes a text that is of no register into a file that a command line names, for this user alone (0600). Throws `Refusal`
 * INVALID as for an export: never inside a profile, and over a file that is there only with `force`. Returns the path.
 */
export function writeNamedFile(
  profile: string,
  asked: { readonly path: string; readonly force: boolean },
  text: string,
): string {
  const staged = stageFile(fileTarget(makeAsker(profile), asked), [text])
  staged.place()
  return staged.path
}

/** The folder that a command line names for files of no register, in the same way. */
export function getNamedFolder(profile: string, directory: string): FolderTarget {
  return folderTarget(makeAsker(profile), directory)
}

function makeAsker(profile: string) {
  return {
    host: { shell: 'terminal' as const },
    session: () => ({ profile, sample: false }),
    targets: newSaveTargets(),
  }
}
