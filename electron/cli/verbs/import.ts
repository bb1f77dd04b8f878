import { basename, resolve } from 'node:path'

import { Option } from 'commander'

import { awaitImport } from '../../../shared/contract/import-result.ts'
import { IMPORT_FIELDS, IMPORT_KINDS, type ImportKind, type ImportPlan } from '../../../shared/contract/files.ts'
import type { Api, Inputs } from '../../../shared/contract/contract.ts'
import { CALLED_PROVIDER_IDS, type CalledProviderId } from '../../../shared/domain/providers/providers.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { sumUp } from '../kit/sum-up.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { checkColumns, readContent, parseCorrections, type Mapping } from '../kit/import-input.ts'
import { printLines, printObject } from '../kit/listing.ts'
import { collect, wholeNumber } from '../kit/options.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { tableLines } from '../kit/text/table.ts'

interface Options {
  readonly kind: ImportKind
  readonly dryRun?: boolean
  /** Undefined: the default of the kind of file. */
  readonly complete?: boolean
  readonly map?: readonly string[]
  readonly connection?: number
  readonly provider?: CalledProviderId
}

type ImportInput = Inputs['files']['import']

export const define: DefineVerb = (command, act) => {
  command
    .about({
      calls: ['files.plan --dry-run', 'files.import'],
      example: 'members.csv --kind people --client acme --dry-run',
    })
    .argument('<file>', 'a register in Markdown, or a CSV file in any common encoding')
    .addOption(new Option('--kind <kind>', 'what the file holds').choices(IMPORT_KINDS).makeOptionMandatory())
    .option('--dry-run', 'show what would be added, changed and rejected; write nothing')
    .option(
      '--map <column=field>',
      'which field a column fills (nothing after = : none); may be given several times',
      collect,
    )
    .option('--complete', 'the file is complete: what an earlier file named and this one does not is closed')
    .option('--no-complete', 'the file is partial (default for a CSV file; a register is complete)')
    .option('--connection <id>', 'the connection that a CSV file is imported into', wholeNumber)
    .addOption(
      new Option('--provider <provider>', 'the provider whose organization a CSV file describes').choices(
        CALLED_PROVIDER_IDS,
      ),
    )
    .addHelpText(
      'after',
      `\nFields: ${Object.entries(IMPORT_FIELDS)
        .map(([kind, fields]) => `${kind}: ${fields.join(', ')}`)
        .join('; ')}\nExit code 3 when rows were refused.` +
        '\nJSON keys: dryRun, encoding, delimiter, mapping, add, change, same, refuse, notices, rows (line, action, subject, detail)\n',
    )
  act<Options, [string]>(command, async (run, options, file) => {
    const { client } = run
    if (client === undefined) throw new Misuse('A file is imported into a client.', 'Name it: --client SLUG')
    const corrections = correctionsFor(options)
    const input: ImportInput = {
      client,
      kind: options.kind,
      fileName: basename(file),
      content: await readContent(resolve(run.terminal.cwd, file)),
      ...(options.connection === undefined ? {} : { connection: options.connection }),
      ...(options.provider === undefined ? {} : { provider: options.provider }),
      ...(options.complete === undefined ? {} : { complete: options.complete }),
    }
    const dryRun = options.dryRun ?? false
    const plan = await run.withApi(dryRun ? 'read' : 'write', async (api) => {
      const mapped = await withMapping(api, input, corrections)
      return dryRun ? api.files.plan(mapped) : awaitImport(api.files.import(mapped))
    })
    await print(run, plan, dryRun)
    return plan.counts.refuse > 0 ? EXIT.partial : EXIT.done
  })
}

function correctionsFor({ map, kind }: Options): Mapping | null {
  if (map !== undefined && kind === 'register')
    throw new Misuse('--map is for CSV files; a register has fixed columns.')
  return kind === 'register' ? null : parseCorrections(map, IMPORT_FIELDS[kind], kind)
}

/** The mapping of the header, corrected by the command line. */
async function withMapping(api: Api, input: ImportInput, corrections: Mapping | null): Promise<ImportInput> {
  if (corrections === null) return input
  const { mapping, columns } = await api.files.plan(input)
  checkColumns(corrections, columns)
  return { ...input, mapping: { ...mapping, ...corrections } }
}

async function print(run: Run, plan: ImportPlan, dryRun: boolean): Promise<void> {
  const { counts, encoding, delimiter, mapping, notices, rows } = plan
  if (run.json) {
    await printObject(run.terminal, { dryRun, encoding, delimiter, mapping, ...counts, notices, rows })
    return
  }
  const verb = dryRun ? 'Would be read' : 'Read'
  const lines = [
    ...notices.map((notice) => shown(notice)),
    ...Object.entries(mapping).map(([column, field]) => `Column ${shown(column)} → ${field ?? '(none)'}`),
    `${verb}: added ${counts.add}; changed ${counts.change}; unchanged ${counts.same}; rejected ${counts.refuse}.`,
  ]
  const reported = rows.filter((row) => (dryRun ? row.action !== 'same' : row.action === 'refuse'))
  const table = tableLines(
    [{ title: 'Line', align: 'right' }, { title: 'Action' }, { title: 'Subject', flexible: true }, { title: 'Detail' }],
    sumUp(reported).map((row) =>
      row.more === 0
        ? [String(row.line), row.action, shown(row.subject), shown(row.detail)]
        : ['…', row.action, counted(row.more, 'more row'), shown(row.detail)],
    ),
    run.terminal.columns,
  )
  await printLines(run.terminal, reported.length === 0 ? lines : [...lines, ...table])
}
