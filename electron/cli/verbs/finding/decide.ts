import { Option } from 'commander'

import { MAX_SLICE } from '../../../../shared/contract/common.ts'
import type { FindingRow } from '../../../../shared/contract/findings.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { SEVERITIES, type Severity } from '../../../../shared/domain/findings/severity.ts'
import type { Command } from '../../kit/command.ts'
import { type AskedDay, dayOption, parseInstant } from '../../kit/day-option.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { makeSlices, printLines, printObject, printEither } from '../../kit/listing.ts'
import { wholeNumbers } from '../../kit/options.ts'
import { type Act, type Run, readScope } from '../../kit/run.ts'
import { isoTime } from '../../kit/text/when.ts'

interface AcceptOptions {
  readonly until: AskedDay
  readonly why: string
  readonly all?: true
  readonly rule?: string
  readonly severity?: Severity
  readonly confirm?: string
}

/** `finding accept` and `finding reopen`. */
export function defineDecide(command: Command, act: Act): void {
  const accept = command
    .command('accept')
    .description('Accept the risk of findings until a day. They are open again the day after.')
    .about({
      calls: ['findings.accept', 'findings.acceptMany --all'],
      example: ['7 9 --until 4w --why "Migration ends soon"', '--all --rule key-unused --until 4w --why "Freeze"'],
    })
    .argument('[ids...]', 'their numbers: findingId of castellan finding list --json', wholeNumbers)
    .addOption(dayOption('--until', 'the last day on which the risk is accepted', 'ahead').makeOptionMandatory())
    .requiredOption('--why <text>', 'the reason, which is part of the evidence')
    .option('--all', 'all open findings, or all that --rule and --severity leave')
    .option('--rule <id>', 'with --all: only of this rule')
    .addOption(new Option('--severity <severity>', 'with --all: only of this severity').choices(SEVERITIES))
    .option('--confirm <word>', 'what has to be typed for a critical finding, or for ten and more')
    .addHelpText('after', '\nJSON keys: accepted, until, acceptedAt')
  act<AcceptOptions, [readonly number[]]>(accept, acceptRisk)

  const reopen = command
    .command('reopen')
    .description('End the acceptance of findings: they are open again.')
    .about({ calls: ['findings.reopenAll --accepted-at', 'findings.reopen'], example: '7' })
    .argument('[ids...]', 'their numbers', wholeNumbers)
    .option(
      '--accepted-at <instant>',
      'those that were accepted together, as findings accept --all printed it',
      instant,
    )
    .addHelpText('after', '\nJSON keys: reopened')
  act<{ readonly acceptedAt?: number }, [readonly number[]]>(reopen, async (run, { acceptedAt }, ids) => {
    if ((acceptedAt === undefined) === (ids.length === 0)) {
      throw new Misuse('It is not clear which findings are meant.', 'Give their numbers, or --accepted-at INSTANT.')
    }
    const reopened = await run.withApi('write', async (api) => {
      if (acceptedAt !== undefined) return (await api.findings.reopenAll({ at: acceptedAt })).reopened
      for (const findingId of ids) await api.findings.reopen({ findingId })
      return ids.length
    })
    await printEither(run, { reopened }, [`Reopened ${counted(reopened, 'finding')}.`])
    return EXIT.done
  })
}

async function acceptRisk(run: Run, options: AcceptOptions, ids: readonly number[]): Promise<0> {
  const { all, why: reason, rule, severity, confirm } = options
  const until = options.until(run.terminal.now())
  const filter = { ...(rule === undefined ? {} : { rule }), ...(severity === undefined ? {} : { severity }) }
  if ((all === true) === ids.length > 0 || (all === undefined && Object.keys(filter).length > 0)) {
    throw new Misuse(
      'It is not clear which findings are meant.',
      'Give their numbers, or --all with --rule or --severity.',
    )
  }
  const done = await run.withApi('write', async (api) => {
    if (all === undefined) {
      const rows: FindingRow[] = []
      const word = confirm === undefined ? {} : { confirm }
      for (const findingId of ids) rows.push(await api.findings.accept({ findingId, until, reason, ...word }))
      return { accepted: rows.length, at: null }
    }
    const scoped = { ...filter, ...readScope(run) }
    const findings: number[] = []
    const slices = makeSlices((slice) => api.findings.list({ ...scoped, ...slice }), MAX_SLICE)
    for await (const rows of slices) findings.push(...rows.map(({ findingId }) => findingId))
    if (findings.length === 0) return { accepted: 0, at: null }
    return api.findings.acceptMany({ findings, until, reason, ...(confirm === undefined ? {} : { confirm }) })
  })
  const acceptedAt = isoTime(done.at)
  if (run.json) await printObject(run.terminal, { accepted: done.accepted, until, acceptedAt })
  else {
    const undo = acceptedAt === null ? '' : ` Undo it: castellan finding reopen --accepted-at ${acceptedAt}`
    await printLines(run.terminal, [`Accepted the risk of ${counted(done.accepted, 'finding')} until ${until}.${undo}`])
  }
  return EXIT.done
}

function instant(text: string): number {
  const at = parseInstant(text.trim())
  if (at === null)
    throw new Misuse('--accepted-at is not an instant.', 'Write it as it was printed: 2026-11-25T09:00:00.000Z')
  return at
}
