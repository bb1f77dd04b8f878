import { InvalidArgumentError } from 'commander'

import type { DueReport, ReportSettings } from '../../../../shared/contract/reports.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import { toMicroUsd } from '../../../../shared/domain/text/money.ts'
import { REPORT_KINDS } from '../../../../shared/domain/usage/report-period.ts'
import { clientField, day, json, minute, plain, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { type AskedDay, dayOption } from '../../kit/day-option.ts'
import { printLines, printObject, flat } from '../../kit/listing.ts'
import { Misuse } from '../../kit/failure.ts'
import { collect } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { makeFields } from '../../kit/noun.ts'

interface SettingsOptions {
  readonly markup?: number
  readonly currency?: string
  readonly rate?: number
  readonly rateOn?: AskedDay
  readonly weekly?: boolean
  readonly monthly?: boolean
  readonly invoice?: boolean
  readonly weeklyTo?: readonly string[]
  readonly monthlyTo?: readonly string[]
}

const FIELDS = makeFields<ReportSettings>({
  ...plain('markupBasisPoints', 'currency', 'rateMillionths', 'rateOn', 'weekly', 'monthly', 'invoice'),
  weeklyTo: json((row) => row.weeklyTo.join(' ')),
  monthlyTo: json((row) => row.monthlyTo.join(' ')),
})

const DUE = makeFields<DueReport>({
  client: clientField({}),
  kind: text('Report', { table: {} }),
  period: text('Period', { table: {} }),
  dueOn: day('Due', { table: {} }),
  madeAt: minute('Created', { table: {} }),
  recipients: text('Recipients', { table: { flexible: true } }, (row) => row.recipients.join(' ')),
})

/** `report settings` and `report due`. */
export function defineSettings(command: Command, act: Act): void {
  const settings = command
    .command('settings')
    .description('Show how the reports of a client (--client) are made, or change what is given.')
    .about({ calls: ['reports.settings', 'reports.set --markup'], example: '--client acme --markup 15 --currency EUR' })
    .option('--markup <percent>', 'what is added to an invoice, such as 15 or 12.5', basisPoints)
    .option('--currency <code>', 'the currency of an invoice, such as EUR')
    .option('--rate <amount>', 'the amount of the currency for one US dollar, such as 0.92', millionths)
    .addOption(dayOption('--rate-on', 'the day that the rate is of', 'back'))
  for (const kind of REPORT_KINDS) {
    settings.option(`--${kind}`, `schedule the ${kind} report`).option(`--no-${kind}`, 'do not schedule it')
  }
  settings
    .option('--weekly-to <address>', 'who gets the weekly report, instead of those before; may be repeated', collect)
    .option('--monthly-to <address>', 'the same for the monthly report', collect)
  settings.prints(FIELDS)
  act<SettingsOptions, []>(settings, async (run, options) => {
    const { client } = run
    if (client === undefined) throw new Misuse('Reports are made for a client.', 'Name it: --client SLUG')
    const values = readValues(run, options)
    const isChange = Object.keys(values).length > 0
    await print(
      run,
      await run.withApi(isChange ? 'write' : 'read', (api) =>
        isChange ? api.reports.set({ client, values }) : api.reports.settings({ client }),
      ),
    )
  })

  const due = command
    .command('due')
    .description('List the scheduled reports for the latest period that is due.')
    .about({ calls: 'reports.due' })
  defineListVerb(due, act, {
    fields: DUE,
    empty: 'No report is scheduled. Schedule one: castellan report settings --client SLUG --monthly',
    read: (api, asked) => api.reports.due(asked),
  })
}

function readValues(run: Run, options: SettingsOptions): Inputs['reports']['set']['values'] {
  const { markup, rate, rateOn, weeklyTo, monthlyTo, ...rest } = options
  return {
    ...rest,
    ...(markup === undefined ? {} : { markupBasisPoints: markup }),
    ...(rate === undefined ? {} : { rateMillionths: rate }),
    ...(rateOn === undefined ? {} : { rateOn: rateOn(run.terminal.now()) }),
    ...(weeklyTo === undefined ? {} : { weeklyTo: [...weeklyTo] }),
    ...(monthlyTo === undefined ? {} : { monthlyTo: [...monthlyTo] }),
  }
}

async function print(run: Run, settings: ReportSettings): Promise<void> {
  if (run.json) return printObject(run.terminal, flat(FIELDS, settings))
  const { markupBasisPoints, currency, rateMillionths, rateOn, weeklyTo, monthlyTo } = settings
  const scheduled = REPORT_KINDS.filter((kind) => settings[kind])
  const of = rateOn === null ? '' : ` (${rateOn})`
  await printLines(run.terminal, [
    `Mark-up: ${markupBasisPoints / 100} %`,
    `Currency: ${currency}, 1 USD = ${rateMillionths / 1_000_000} ${currency}${of}`,
    `Scheduled: ${scheduled.join(', ') || 'none'}`,
    `Weekly to: ${weeklyTo.map(shown).join(', ') || '-'}`,
    `Monthly to: ${monthlyTo.map(shown).join(', ') || '-'}`,
  ])
}

function basisPoints(text: string): number {
  const [, whole = '', part = ''] = /^(\d{1,4})(?:\.(\d{1,2}))?$/u.exec(text.trim()) ?? []
  if (whole === '') throw new InvalidArgumentError('Write a percentage, such as 15 or 12.5.')
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

function millionths(text: string): number {
  const rate = toMicroUsd(text)
  if (rate === null || rate === 0) throw new InvalidArgumentError('Write an amount for one US dollar, such as 0.92.')
  return rate
}
