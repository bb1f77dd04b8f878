import type { Moment } from '../../../shared/domain/day.ts'
import type { RegisterScope } from '../../../shared/report/register-document.ts'
import type { Reader } from '../../register/db/handles.ts'
import { inOneStateAsync } from '../../register/read/report.ts'
import { type Draft, writeDraft, type Written } from '../files-out/write-file.ts'
import { printXlsx } from '../files-out/xlsx.ts'
import { type AskedScope, listConnections, makeWorkbookEdition, readScope } from './register-scope.ts'

export interface WrittenRegister {
  readonly written: Written
  readonly scope: RegisterScope
  /** Grants and keys. */
  readonly rows: number
}

/**
 * Writes the register as a workbook into a draft, from one state of the register. Nothing else may use the reader
 * meanwhile. Throws `Refusal`, and the errors of the file system as they are.
 */
export function writeRegisterWorkbook(
  reader: Reader,
  asked: AskedScope,
  moment: Moment,
  draft: Draft,
): Promise<WrittenRegister> {
  return inOneStateAsync(reader, async () => {
    const connections = listConnections(reader, asked)
    let rows = 0
    const edition = makeWorkbookEdition(reader, connections, moment, (more) => {
      rows += more
    })
    const written = await writeDraft(draft, printXlsx(edition))
    return { written, scope: readScope(reader, connections, asked), rows }
  })
}
