import type { ImportPlan, ImportReport } from '../../../shared/contract/files.ts'
import { type ImportProgress, stageText } from '../../../shared/domain/import/stages.ts'
import type { Area } from '../../../shared/contract/app.ts'
import {
  announce,
  assertWritable,
  type Context,
  getReader,
  makeDeciding,
  makeMoment,
  makeRegister,
} from '../core/context.ts'
import { importAside, planAside } from './import-aside.ts'
import { type ImportRequest, plannedImport } from './import-plan.ts'
import { writeImport, type ImportWritten } from './write-import.ts'

const AREAS: readonly Area[] = ['connection', 'sync', 'access', 'rotation']

/**
 * `files.plan`: what an import would add, change, leave and refuse, row by row. Writes nothing. Throws `Refusal`:
 * NOT_FOUND for a client that does not exist, INVALID for a file without a readable row.
 */
export async function planImport(
  context: Context,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<ImportPlan> {
  if (isLong(context, request)) return planAside(context, request, signal)
  return plannedImport(getReader(context), request, {
    moment: makeMoment(context),
    report: (progress) => context.host.progress?.(stageText(progress, request.fileName)),
  }).shown
}

/**
 * `files.import`: imports a file: the stages, then the result. A row is refused by its cells in
 * `shared/domain/import/read-rows.ts`, and against the other rows and the register in `plan-person.ts`, `plan-key.ts` and
 * `plan-service-account.ts` there. A large file is imported in a thread beside the service, and
 * can be cancelled there. Throws as `planImport` does, INVALID for a required column that nothing fills, READ_ONLY, and
 * CONFLICT when it is cancelled.
 */
export async function* runImport(
  context: Context,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportReport> {
  assertWritable(context)
  if (isLong(context, request)) {
    yield toResult(context, yield* importAside(context, request, signal))
    return
  }
  const report = (progress: ImportProgress): void => context.host.progress?.(stageText(progress, request.fileName))
  yield toResult(context, writeImport(makeRegister(context), request, { deciding: makeDeciding(context), report }))
}

/** A row is planned and written in about ten times the time in which one is sorted. */
function isLong({ asideFrom }: Context, { content }: ImportRequest): boolean {
  return asideFrom !== Infinity && countLines(content) * 10 >= asideFrom
}

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}

const NEWLINE = 10

function toResult(context: Context, { result, written }: ImportWritten): ImportReport {
  if (written !== null) announce(context, AREAS, written)
  return { done: true, ...result }
}
