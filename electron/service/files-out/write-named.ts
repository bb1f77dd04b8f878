import { newSaveTargets } from '../core/save-targets.ts'
import { fileTarget } from './target.ts'
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
  const asker = {
    host: { shell: 'terminal' as const },
    session: () => ({ profile, sample: false }),
    targets: newSaveTargets(),
  }
  const staged = stageFile(fileTarget(asker, asked), [text])
  staged.place()
  return staged.path
}
