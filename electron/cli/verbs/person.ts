import { basename, resolve } from 'node:path'

import { Option } from 'commander'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { Api, Inputs } from '../../../shared/contract/contract.ts'
import { MATCH_STATES, type MatchRow, type PersonnelPlan } from '../../../shared/contract/people.ts'
import { PERSONNEL_FIELDS } from '../../../shared/domain/import/personnel-fields.ts'
import { PERSONNEL_FORMATS, type PersonnelFormat } from '../../../shared/domain/people/personnel.ts'
import { asList } from '../kit/layout.ts'
import { printLines, printObject, makeSlices, type Listing, printEither } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { sumUp } from '../kit/sum-up.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Failed } from '../kit/failure.ts'
import { checkColumns, readContent, parseCorrections, type Mapping } from '../kit/import-input.ts'
import { collect, wholeNumber } from '../kit/options.ts'
import { type DefineVerb, type Run, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { tableLines } from '../kit/text/table.ts'
import { isoTime } from '../kit/text/when.ts'
import { defineDecide } from './person/decide.ts'
import { defineList } from './person/list.ts'

type PersonnelInput = Inputs['people']['import']

interface ImportOptions {
  readonly format?: PersonnelFormat
  readonly source?: string
  readonly map?: readonly string[]
  readonly dryRun?: boolean
  readonly full?: boolean
  readonly departMissing?: boolean
}

const MATCHES: Listing<MatchRow> = {
  fields: [
    { key: 'matchId', json: (row) => row.matchId, column: { title: 'Match', align: 'right' } },
    { key: 'reason', json: (row) => row.reason, column: { title: 'Reason', sentence: true } },
    { key: 'state', json: (row) => row.state },
    { key: 'personId', json: ({ sides: [one] }) => one.row.personId, column: { title: 'Person', align: 'right' } },
    { key: 'name', json: ({ sides: [one] }) => one.row.name, column: { title: 'Name', flexible: true } },
    {
      key: 'addresses',
      json: ({ sides: [one] }) => one.addresses.join(' '),
      column: { title: 'E-mail', flexible: true },
    },
    { key: 'otherId', json: ({ sides: [, other] }) => other.row.personId, column: { title: 'Other', align: 'right' } },
    { key: 'otherName', json: ({ sides: [, other] }) => other.row.name, column: { title: 'Name', flexible: true } },
    {
      key: 'otherAddresses',
      json: ({ sides: [, other] }) => other.addresses.join(' '),
      column: { title: 'E-mail', flexible: true },
    },
    { key: 'foundAt', json: (row) => isoTime(row.foundAt) },
    { key: 'decidedAt', json: (row) => isoTime(row.decidedAt) },
    { key: 'decidedBy', json: (row) => row.decidedBy },
  ],
  empty: 'No possible duplicates.',
}

export const define: DefineVerb = (command, act) => {
  const take = command
    .command('import')
    .description('Import a personnel file: who is employed, as what, and until when.')
    .about({
      calls: ['people.planImport --dry-run', 'people.import'],
      example: 'staff.csv --full --dry-run',
      isWhole: true,
    })
    .argument('<file>', 'a CSV file, the users export of Google Workspace, or SCIM 2.0 JSON')
    .addOption(new Option('--format <format>', 'the format of the file (else detected)').choices(PERSONNEL_FORMATS))
    .option('--source <name>', 'the name under which files of one origin follow each other')
    .option('--map <column=field>', 'which field a column fills; may be given several times', collect)
    .option('--dry-run', 'show what is new; write nothing')
    .option('--full', 'the file is complete for its source: list the people missing from it')
    .option('--depart-missing', 'with --full: treat people missing from the file as leavers')
    .addHelpText(
      'after',
      `\nFields: ${PERSONNEL_FIELDS.join(', ')}\nExit code 3 when rows were refused.` +
        '\nJSON keys: dryRun, format, source, encoding, mapping, new, update, same, doubtful, depart, refuse, departs, leavers, notices, rows (line, column, action, subject, detail)\n',
    )
  act<ImportOptions, [string]>(take, async (run, options, file) => {
    const { map, dryRun = false, ...rest } = options
    const corrections = parseCorrections(map, PERSONNEL_FIELDS, 'a personnel file')
    const input: PersonnelInput = {
      fileName: basename(file),
      content: await readContent(resolve(run.terminal.cwd, file)),
      ...rest,
    }
    const plan = await run.withApi(dryRun ? 'read' : 'write', async (api) => {
      const mapped = await withMapping(api, input, corrections)
      return dryRun ? api.people.planImport(mapped) : api.people.import(mapped)
    })
    await printPlan(run, plan, dryRun)
    return plan.counts.refuse > 0 ? EXIT.partial : EXIT.done
  })

  defineList(command, act)

  const duplicate = command.command('duplicate').summary('possible duplicates')
  const matches = duplicate
    .command('list')
    .description('List possible duplicates: two people who may be one.')
    .about({ calls: ['people.matches', 'people.findMatches --find'], example: '--find' })
    .addOption(new Option('--state <state>', 'open or rejected ones').choices(MATCH_STATES))
    .option('--find', 'search all people first, if there are new ones; needs to be the only writer')
  asList(matches, MATCHES.fields)
  act<{ readonly state?: MatchRow['state']; readonly find?: boolean }, []>(
    matches,
    async (run, { find, ...options }) => {
      await run.withApi(find === true ? 'write' : 'read', async (api) => {
        if (find === true) await api.people.findMatches()
        await printListing(
          run,
          MATCHES,
          makeSlices((slice) => api.people.matches({ ...options, ...readScope(run), ...slice }), MAX_SLICE),
        )
      })
    },
  )

  defineDecide(command, duplicate, act)

  const merge = command
    .command('merge')
    .description('Merge two people. Nothing is lost: a split undoes it.')
    .about({ calls: 'people.merge', example: '3 172' })
    .asks('makes two people one, until person split', (api, ids) =>
      Promise.all(ids.map((id) => api.people.get({ personId: Number(id) }))),
    )
    .argument('<keep>', 'the number of the person who is kept', wholeNumber)
    .argument('<other>', 'the number of the person who becomes part of them', wholeNumber)
  act<object, [number, number]>(merge, async (run, _options, keep, other) => {
    const { mergeId } = await run.withApi('write', (api) => api.people.merge({ keep, other }))
    await printEither(run, { mergeId, keep, other }, [`Merged. Undo it: castellan person split ${keep}`])
  })

  const split = command
    .command('split')
    .description('Undo the last merge into a person.')
    .about({ calls: ['people.get', 'people.split'], example: '3' })
    .argument('<person>', 'the number of the person who was kept', wholeNumber)
  act<object, [number]>(split, async (run, _options, personId) => {
    const done = await run.withApi('write', async (api) => {
      const [last] = (await api.people.get({ personId, ...readScope(run) })).merges
      if (!last) throw new Failed('There is no merge into this person.', 'List people to see their numbers.')
      return api.people.split({ mergeId: last.mergeId })
    })
    if (run.json) await printObject(run.terminal, done)
    else await printLines(run.terminal, [`${shown(done.name)} is a separate person again, number ${done.personId}.`])
    return EXIT.done
  })
}

/** The mapping of the header, corrected by the command line. */
async function withMapping(api: Api, input: PersonnelInput, corrections: Mapping | null): Promise<PersonnelInput> {
  if (corrections === null) return input
  const { mapping, columns } = await api.people.planImport(input)
  checkColumns(corrections, columns)
  return { ...input, mapping: { ...mapping, ...corrections } }
}

async function printPlan(run: Run, plan: PersonnelPlan, dryRun: boolean): Promise<void> {
  const { format, source, encoding, mapping, counts, departs, leavers, notices, rows } = plan
  if (run.json) {
    const head = { dryRun, format, source, encoding, mapping, ...counts, departs, leavers, notices }
    await printObject(run.terminal, { ...head, rows })
    return
  }
  const lines = [
    ...notices.map((notice) => shown(notice)),
    ...Object.entries(mapping).map(([column, field]) => `Column ${shown(column)} → ${field ?? '(none)'}`),
    `${dryRun ? 'Would be read' : 'Read'}: new ${counts.new}; updated ${counts.update}; unchanged ${counts.same}; ambiguous ${counts.doubtful}; missing ${counts.depart}; rejected ${counts.refuse}.`,
    ...(leavers === 0 ? [] : [`Leavers in the file who still have access: ${leavers}.`]),
  ]
  const reported = rows.filter(
    ({ action }) => action !== 'same' && (dryRun || (action !== 'new' && action !== 'update')),
  )
  const table = tableLines(
    [
      { title: 'Line', align: 'right' },
      { title: 'Column' },
      { title: 'Action' },
      { title: 'Subject', flexible: true },
      { title: 'Detail' },
    ],
    sumUp(reported).map((row) => [
      row.more > 0 ? '…' : row.line === 0 ? '-' : String(row.line),
      row.column === null ? '-' : shown(row.column),
      row.action,
      row.more > 0 ? counted(row.more, 'more row') : shown(row.subject),
      shown(row.detail),
    ]),
    run.terminal.columns,
  )
  await printLines(run.terminal, reported.length === 0 ? lines : [...lines, ...table])
}
