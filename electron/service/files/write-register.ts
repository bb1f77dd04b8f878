import type { RegisterFormat } from '../../../shared/domain/text/register-formats.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { RegisterScope } from '../../../shared/report/register-document.ts'
import type { Reader } from '../../register/db/handles.ts'
import { inOneState, inOneStateAsync } from '../../register/read/report.ts'
import type { FileTarget } from '../files-out/target.ts'
import { type Draft, stageDraft, writeDraft, writePieces, type FileDigest } from '../files-out/write-file.ts'
import {
  type AskedScope,
  listConnections,
  makeWorkbookEdition,
  readScope,
  type StagedRegister,
} from './register-scope.ts'
import { loadPrinter, makeEdition } from './text-edition.ts'

export interface WrittenRegister {
  readonly written: FileDigest
  readonly scope: RegisterScope
  /** People and accounts for Markdown, else grants and keys. */
  readonly rows: number
}

/**
 * Writes the register into a draft, from one state of it. Nothing else may use the reader meanwhile. Throws `Refusal`, and the
 * errors of the file system as they are.
 */
export async function writeRegister(
  reader: Reader,
  asked: AskedScope,
  format: RegisterFormat,
  moment: Moment,
  draft: Draft,
): Promise<WrittenRegister> {
  let rows = 0
  const count = (more: number): void => {
    rows += more
  }
  if (format !== 'xlsx') {
    const print = await loadPrinter(format)
    return inOneState(reader, () => {
      const edition = makeEdition(reader, asked, format, moment, count)
      const written = writePieces(draft, print(edition))
      return { written, scope: edition.scope, rows }
    })
  }
  // The code that compresses is needed by a workbook alone.
  const { printXlsx } = await import('../files-out/xlsx.ts')
  return inOneStateAsync(reader, async () => {
    const connections = listConnections(reader, asked)
    const written = await writeDraft(draft, printXlsx(makeWorkbookEdition(reader, connections, moment, count)))
    return { written, scope: readScope(reader, connections, asked), rows }
  })
}

/** Stages the file whose draft some work writes, here or in a thread. */
export async function stageWritten(
  target: FileTarget,
  write: (draft: Draft) => Promise<WrittenRegister>,
): Promise<StagedRegister> {
  const done: WrittenRegister[] = []
  const staged = await stageDraft(target, async (draft) => {
    const register = await write(draft)
    done.push(register)
    return register.written
  })
  const [register] = done
  if (register === undefined) throw new Error('A register was written without its rows.')
  return { staged, scope: register.scope, rows: register.rows }
}
