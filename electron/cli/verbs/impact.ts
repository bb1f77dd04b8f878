import { Argument } from 'commander'

import { type ImpactReport, type ImpactRow, IMPACT_SUBJECTS } from '../../../shared/contract/impact.ts'
import { alsoHeldWords, BLAST_EFFECTS, BLAST_KINDS, costWord } from '../../../shared/report/blast-markdown.ts'
import { EXIT } from '../kit/exit-code.ts'
import { readFormat, type FormatOptions, withFormat } from '../kit/format.ts'
import { type Field, once, printLines, printObject, printTable, flat } from '../kit/listing.ts'
import { wholeNumber } from '../kit/options.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { CONNECTION_FIELDS, dayField } from '../kit/fields.ts'

const FIELDS: readonly Field<ImpactRow>[] = [
  { key: 'effect', json: (row) => row.effect, column: { title: 'Effect' }, cell: (row) => BLAST_EFFECTS[row.effect] },
  { key: 'kind', json: (row) => row.kind, column: { title: 'What' }, cell: (row) => BLAST_KINDS[row.kind] },
  { key: 'id', json: (row) => row.id },
  { key: 'name', json: (row) => row.name, column: { title: 'Name', flexible: true } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  { key: 'project', json: (row) => row.project?.name ?? null, column: { title: 'Project', flexible: true } },
  { key: 'role', json: (row) => row.role, column: { title: 'Role' } },
  { key: 'level', json: (row) => row.level },
  { key: 'service', json: (row) => row.service, column: { title: 'For', flexible: true } },
  dayField('lastUsedAt', { title: 'Last used' }, (row) => row.lastUsedAt),
  {
    key: 'cost30Micros',
    json: (row) => row.cost30Micros,
    column: { title: '30 days', align: 'right' },
    cell: (row) => (row.cost30Micros === null ? '-' : costWord(row)),
  },
  { key: 'alsoHeldBy', json: (row) => alsoHeldWords(row), column: { title: 'Also held by', flexible: true } },
  { key: 'alsoHeldByCount', json: (row) => row.alsoHeldByCount },
  { key: 'because', json: (row) => row.because, column: { title: 'Reason', sentence: true } },
]

export const define: DefineVerb = (command, act) => {
  command.about({ calls: ['impact.get', 'impact.markdown --format'], example: ['person 12', 'key 7 --format md'] })
  withFormat(command)
    .description('Show what stops working and what is unaffected if a person, account, key or project is removed.')
    .addArgument(new Argument('<kind>', 'what is removed').choices(IMPACT_SUBJECTS))
    .argument('<id>', 'its number, as the lists give it in JSON', wholeNumber)
  act<FormatOptions, [(typeof IMPACT_SUBJECTS)[number], number]>(command, async (run, options, kind, id) => {
    const format = readFormat(run, options)
    const question = { ...readScope(run), kind, id }
    await run.withApi('read', async (api) => {
      if (format === 'md') {
        await run.terminal.out((await api.impact.markdown(question)).text)
        return
      }
      const report = await api.impact.get(question)
      if (format === 'json') await printObject(run.terminal, flatReport(report))
      else await printReport(run.terminal, report)
    })
    return EXIT.done
  })
}

function flatReport({ subject, says, rows, more }: ImpactReport) {
  return { subject, says, more, rows: rows.map((row) => flat(FIELDS, row)) }
}

async function printReport(terminal: Parameters<typeof printLines>[0], report: ImpactReport): Promise<void> {
  const { subject, says, rows, more } = report
  await printLines(terminal, [`If the ${subject.kind} ${shown(subject.name)} is removed:`, ...says.map(bullet), ''])
  await printTable(terminal, { fields: FIELDS, empty: 'Nothing depends on it.' }, once(rows))
  if (more > 0) await printLines(terminal, [`${more} more are not listed.`])
}

function bullet(sentence: string): string {
  return `- ${shown(sentence)}`
}
