import type { RegisterText } from '../../../shared/domain/text/register-formats.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'
import { witnessSentence } from '../../../shared/report/witness.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readOrganization } from '../../register/read/report.ts'
import { readWitnesses } from '../../register/team/witness.ts'
import type { Edition, Printer } from '../files-out/edition.ts'
import { type AskedScope, listConnections, readScope } from './register-scope.ts'

/** Loaded when they are needed: most runs of the service and the terminal write no file. */
const PRINTERS: Readonly<Record<RegisterText, () => Promise<Printer>>> = {
  md: async () => (await import('../files-out/markdown.ts')).printMarkdown,
  csv: async () => (await import('../files-out/csv.ts')).printCsv,
  json: async () => (await import('../files-out/json.ts')).printJson,
}

export function loadPrinter(format: RegisterText): Promise<Printer> {
  return PRINTERS[format]()
}

/** The edition of a text, one organization in memory at a time. Throws `Refusal` NOT_FOUND. */
export function makeEdition(
  reader: Reader,
  asked: AskedScope,
  format: RegisterText,
  moment: Moment,
  count: Edition['count'],
): Edition {
  const connections = listConnections(reader, { client: asked.client, connection: asked.connection })
  function* read(): Generator<OrganizationReading> {
    for (const connection of connections)
      yield readOrganization(reader, connection, format === 'md' ? 'projects' : 'grants', moment)
  }
  return {
    scope: readScope(reader, connections, asked),
    clients: [...new Map(connections.map(({ client: { slug, name } }) => [slug, { slug, name }])).values()],
    generatedAt: moment.now,
    organizations: read(),
    describeHistory: ({ slug }) => witnessSentence(readWitnesses(reader, slug)),
    count,
  }
}
