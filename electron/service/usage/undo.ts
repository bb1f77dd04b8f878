import type { UsageImported } from '../../../shared/contract/usage.ts'
import { findImport, laterRepeats, undoImport } from '../../register/usage/imports.ts'
import { assertWritable, type Context, commit, readOperator, getReader, makeRegister } from '../core/context.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { forgetUnreached } from './budget-spend.ts'
import { importTurn } from './import.ts'

/** The number of later files that are named. */
const MOST_NAMED = 20

/**
 * Undoes an import, after any that still runs: sums and known requests in one transaction, and the alerts of budgets
 * that only its sums had reached. Throws `Refusal` NOT_FOUND, CONFLICT.
 */
export async function undoUsage(
  context: Context,
  importId: number,
): Promise<{ readonly import: UsageImported; readonly repeatedBy: string[] }> {
  assertWritable(context)
  const end = await importTurn(makeRegister(context))
  try {
    const { client, file, counted, undoneAt } = existing(context, importId)
    if (undoneAt !== null) {
      throw new Refusal('CONFLICT', `Import ${importId} was undone before.`, 'Import its file again to count it again.')
    }
    commit(context, ['usage'], ({ writer, at, note }) => {
      undoImport(writer, importId, { at, by: readOperator(context) })
      forgetUnreached(writer, client.slug, at)
      note({ action: 'usage.import-undone', client: client.slug, subject: file, body: { import: importId, counted } })
    })
    return { import: existing(context, importId), repeatedBy: laterRepeats(getReader(context), importId, MOST_NAMED) }
  } finally {
    end()
  }
}

function existing(context: Context, importId: number): UsageImported {
  const found = findImport(getReader(context), importId)
  if (found === null) throw notFound(`Import ${importId}`, 'List the imports: castellan usage import list.')
  return found
}
