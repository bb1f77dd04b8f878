import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { registerTextInput } from '../../../shared/contract/files.ts'
import { usesAllThreads } from '../../files/thread.ts'
import { eachInOneState, hasMoreThan, inOneState } from '../../register/read/report.ts'
import { checkScope, type Context, getReader, makeMoment } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'
import { joinPieces } from '../files-out/join-pieces.ts'
import { placeExport } from '../files-out/place-export.ts'
import { fileTarget } from '../files-out/target.ts'
import { listConnections, type StagedRegister } from './register-scope.ts'
import { loadPrinter, makeEdition } from './text-edition.ts'
import { stageWritten, writeRegister } from './write-register.ts'

type RegisterText = Outputs['files']['renderRegister']
type RegisterFile = Outputs['files']['exportRegister']

/**
 * The access register as text, or its first lines, for which only the first organizations are read. `rows` counts people and
 * accounts for Markdown, grants and keys for CSV and JSON, of what was read. Throws `Refusal` NOT_FOUND for a client or a connection that does not exist.
 */
export async function renderRegister(
  context: Context,
  input: Inputs['files']['renderRegister'],
): Promise<RegisterText> {
  const print = await loadPrinter(input.format)
  checkScope(context, input)
  const reader = getReader(context)
  let rows = 0
  const count = (more: number): void => {
    rows += more
  }
  const text = inOneState(reader, () =>
    joinPieces(print(makeEdition(reader, input, input.format, makeMoment(context), count)), input.first),
  )
  return { text, rows }
}

/**
 * Streams the register piece by piece, for a terminal: no more than one organization is in memory. The register can be
 * written only after the last piece. Throws as `renderRegister`.
 */
export async function streamRegister(
  context: Context,
  input: Inputs['files']['renderRegister'],
): Promise<Iterable<string>> {
  const print = await loadPrinter(input.format)
  return answerEach(context, { operation: 'files.renderRegister', schema: registerTextInput, input }, (asked) => {
    const reader = getReader(context)
    const moment = makeMoment(context)
    return eachInOneState(reader, () => print(makeEdition(reader, asked, asked.format, moment, () => undefined)))
  })
}

/**
 * Writes the access register to a file, atomically, and records the export in the journal (unless the profile was
 * opened to read). Throws `Refusal` NOT_FOUND, or INVALID for a path that cannot be written.
 */
export async function exportRegister(
  context: Context,
  input: Inputs['files']['exportRegister'],
): Promise<RegisterFile> {
  const { staged, scope, rows } = await stageRegister(context, input)
  return placeExport(context, staged, {
    action: 'register.exported',
    client: scope.client?.slug ?? null,
    subject: 'Access register',
    body: { format: input.format, rows, connection: scope.connection },
  })
}

/** So many keys and accounts are written as text in the time that a thread needs to start. */
const FEW = 5000

async function stageRegister(context: Context, input: Inputs['files']['exportRegister']): Promise<StagedRegister> {
  const target = fileTarget(context, input)
  checkScope(context, input)
  const reader = getReader(context)
  const connections = listConnections(reader, { client: input.client, connection: input.connection })
  if (usesAllThreads() || input.format === 'xlsx' || hasMoreThan(reader, connections, FEW)) {
    const { writeRegisterAside } = await import('./export-aside.ts')
    return writeRegisterAside(context, input, input.format, target)
  }
  const moment = makeMoment(context)
  return stageWritten(target, (draft) => writeRegister(reader, input, input.format, moment, draft))
}
