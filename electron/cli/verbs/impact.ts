import { Argument } from 'commander'

import { type ImpactReport, type ImpactRow, IMPACT_SUBJECTS } from '../../../shared/contract/impact.ts'
import { clientField, connectionFields, count, instant, json, plain, text } from '../../../shared/nouns/noun.ts'
import {
  alsoHeldWords,
  IMPACT_EFFECT_WORDS,
  IMPACT_KIND_WORDS,
  costWord,
} from '../../../shared/report/impact-markdown.ts'
import { EXIT } from '../kit/exit-code.ts'
import { readFormat, type FormatOptions, withFormat } from '../kit/format.ts'
import { once, printLines, printObject, printTable, flat } from '../kit/listing.ts'
import { makeFields } from '../kit/noun.ts'
import { wholeNumber } from '../kit/options.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const FIELDS = makeFields<ImpactRow>(
  {
    effect: text('Effect', { table: {} }),
    kind: text('What', { table: {} }),
    ...plain('id'),
    name: text('Name', { table: { flexible: true } }),
    client: clientField({}),
    ...connectionFields({}),
    projectId: json((row) => row.project?.id ?? null),
    project: text('Project', { table: { flexible: true } }, (row) => row.project?.name ?? null),
    role: text('Role', { table: {} }),
    ...plain('level'),
    service: text('For', { table: { flexible: true } }),
    lastUsedAt: instant('Last used', { table: {} }),
    cost30Micros: count('30 days', { table: {} }),
    alsoHeldBy: text('Also held by', { table: { flexible: true } }, (row) => alsoHeldWords(row)),
    ...plain('alsoHeldByCount'),
    because: text('Reason', { table: { sentence: true } }),
  },
  {
    effect: (row) => IMPACT_EFFECT_WORDS[row.effect],
    kind: (row) => IMPACT_KIND_WORDS[row.kind],
    cost30Micros: (row) => (row.cost30Micros === null ? '-' : costWord(row)),
  },
)

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
