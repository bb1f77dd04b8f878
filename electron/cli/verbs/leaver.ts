import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { LeaverDetail, LeaverItem, LeaverState } from '../../../shared/contract/leavers.ts'
import { LEAVERS } from '../../../shared/nouns/leavers.ts'
import { clientField, connectionFields, idField, instant, json, text, word } from '../../../shared/nouns/noun.ts'
import { formatSince, LEAVER_KINDS, leaverSays } from '../../../shared/report/leavers-markdown.ts'
import { asList } from '../kit/layout.ts'
import { once, printLines, printObject, makeSlices, flat } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { printDocument } from '../kit/document.ts'
import { EXIT } from '../kit/exit-code.ts'
import { addFilters, makeFields, toFields } from '../kit/noun.ts'
import { wholeNumber } from '../kit/options.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { dayCell } from '../kit/text/when.ts'

const FIELDS = toFields(LEAVERS, { hours: (row) => formatSince(row.hours) })

const ITEM_FIELDS = makeFields<LeaverItem>(
  {
    kind: word('What', { table: {} }),
    id: idField(),
    name: text('Name', { table: { flexible: true } }),
    client: clientField({}),
    ...connectionFields({}),
    projectId: json((row) => row.project?.id ?? null),
    project: text('Project', { table: { flexible: true } }, (row) => row.project?.name),
    role: text('Role', { table: {} }),
    service: text('For', { table: { flexible: true } }),
    lastUsedAt: instant('Last used', { table: {} }),
    knownUseAt: instant(''),
    says: text('Why', { table: { sentence: true } }),
    remediation: json((row) => row.remediation?.action),
    listed: json((row) => row.listed?.state),
  },
  {
    kind: (row) => LEAVER_KINDS[row.kind],
    lastUsedAt: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null ? dayCell(lastUsedAt) : `${dayCell(knownUseAt)} or later`,
  },
)

interface Options {
  readonly person?: number
  readonly state?: LeaverState
  readonly search?: string
}

const NOT_EVALUATED =
  'Not evaluated: no HR file that names a person in scope was imported, so it is not known who has left. Import one: castellan person import FILE'

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List the access that people who left still have, and the shared keys to rotate.')
    .about({ calls: ['leavers.list', 'leavers.get --person', 'leavers.report --format'], example: ['', '--person 12'] })
    .option('--person <id>', 'one leaver with everything that is left of them', wholeNumber)
  addFilters(list, LEAVERS.filters)
  asList(list, FIELDS, { also: ITEM_FIELDS })
  act<Options, []>(list, async (run, { person, state, search }) => {
    const scope = readScope(run)
    if (run.layout.format === 'md' && run.layout.keys === null) {
      await printDocument(run, 'leavers.report', { ...scope, ...(person === undefined ? {} : { personId: person }) })
      return EXIT.done
    }
    await run.withApi('read', async (api) => {
      if (person !== undefined) {
        await printLeaver(run, await api.leavers.get({ ...scope, personId: person }))
        return
      }
      const filter = { ...scope, ...(state && { state }), ...(search !== undefined && { search }) }
      const slices = makeSlices((slice) => api.leavers.list({ ...filter, ...slice }), MAX_SLICE)
      const { reported, total } = await api.leavers.list({ ...scope, offset: 0, limit: 0 })
      const empty = reported ? 'No leavers.' : NOT_EVALUATED
      // An empty list of a program looks like no leavers.
      if (total === 0 && !reported && run.layout.format !== 'table') await run.terminal.err(`${empty}\n`)
      await printListing(run, { fields: FIELDS, empty }, slices)
    })
    return EXIT.done
  })
}

async function printLeaver(run: Run, { row, items, more }: LeaverDetail): Promise<void> {
  const { terminal, layout } = run
  if (layout.format === 'json' && layout.keys === null) {
    await printObject(terminal, { ...flat(FIELDS, row), items: items.map((item) => flat(ITEM_FIELDS, item)), more })
    return
  }
  const isTable = layout.format === 'table'
  if (isTable) {
    await printLines(terminal, [shown(row.name), ...leaverSays(row).map((sentence) => `- ${shown(sentence)}`), ''])
  }
  await printListing(run, { fields: ITEM_FIELDS, empty: 'Nothing is left to do.' }, once(items))
  if (isTable && more > 0) await printLines(terminal, [`${more} more are not listed.`])
}
