import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { RegisterFormat } from '../../../shared/contract/files.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { eachInOneState, inOneState, readOrganization, type ReportDetail } from '../../register/read/report.ts'
import { checkScope, type Context, getReader, makeMoment } from '../core/context.ts'
import { witnessSentence } from '../../../shared/report/witness.ts'
import { readWitnesses } from '../../register/team/witness.ts'
import type { Edition, Printer } from '../files-out/edition.ts'
import { placeExport } from '../files-out/place-export.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { type AskedScope, listConnections, readScope, type StagedRegister } from './register-scope.ts'

type RegisterText = Outputs['files']['renderRegister']
type RegisterFile = Outputs['files']['exportRegister']

/**
 * The access register as text. `rows` counts people and accounts for Markdown, grants and keys for CSV and JSON. Throws
 * `Refusal` NOT_FOUND for a client or a connection that does not exist.
 */
export async function renderRegister(
  context: Context,
  input: Inputs['files']['renderRegister'],
): Promise<RegisterText> {
  const print = await PRINTERS[input.format]()
  return withEdition(context, input, input.format, (edition, rows) => ({
    text: [...print(edition)].join(''),
    rows: rows(),
  }))
}

/**
 * The same piece by piece, for a terminal: no more than one organization is in memory. The register can be written only after the
 * last piece. Throws as `renderRegister`.
 */
export async function streamRegister(
  context: Context,
  input: Inputs['files']['renderRegister'],
): Promise<Iterable<string>> {
  const print = await PRINTERS[input.format]()
  checkScope(context, input)
  const reader = getReader(context)
  return eachInOneState(reader, () => print(makeEdition(context, reader, input, input.format, () => undefined)))
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

async function stageRegister(context: Context, input: Inputs['files']['exportRegister']): Promise<StagedRegister> {
  const target = fileTarget(context, input)
  if (input.format !== 'xlsx') {
    const print = await PRINTERS[input.format]()
    return withEdition(context, input, input.format, (edition, rows) => ({
      staged: stageFile(target, print(edition)),
      scope: edition.scope,
      rows: rows(),
    }))
  }
  const { writeWorkbookAside } = await import('./export-aside.ts')
  return writeWorkbookAside(context, input, target)
}

/** Loaded when they are needed: most runs of the service and the terminal write no file. */
const PRINTERS: Readonly<Record<Exclude<RegisterFormat, 'xlsx'>, () => Promise<Printer>>> = {
  md: async () => (await import('../files-out/markdown.ts')).printMarkdown,
  csv: async () => (await import('../files-out/csv.ts')).printCsv,
  json: async () => (await import('../files-out/json.ts')).printJson,
}

/** Passes an edition of one state of the register to work that reads it completely before it returns. */
function withEdition<T>(
  context: Context,
  asked: AskedScope,
  format: RegisterFormat,
  work: (edition: Edition, rows: () => number) => T,
): T {
  checkScope(context, asked)
  const reader = getReader(context)
  let rows = 0
  const count = (more: number): void => {
    rows += more
  }
  return inOneState(reader, () => work(makeEdition(context, reader, asked, format, count), () => rows))
}

function makeEdition(
  context: Context,
  reader: Reader,
  asked: AskedScope,
  format: RegisterFormat,
  count: Edition['count'],
): Edition {
  const connections = listConnections(reader, { client: asked.client, connection: asked.connection })
  return {
    scope: readScope(reader, connections, asked),
    clients: [...new Map(connections.map(({ client: { slug, name } }) => [slug, { slug, name }])).values()],
    generatedAt: context.now(),
    organizations: readings(reader, connections, format === 'md' ? 'projects' : 'grants', makeMoment(context)),
    describeHistory: ({ slug }) => witnessSentence(readWitnesses(reader, slug)),
    count,
  }
}

function* readings(reader: Reader, connections: readonly StoredConnection[], detail: ReportDetail, moment: Moment) {
  for (const connection of connections) yield readOrganization(reader, connection, detail, moment)
}
