import { InvalidArgumentError } from 'commander'

import type { Api } from '../../../shared/contract/contract.ts'
import type { RemediationOrigin, RemediationValues } from '../../../shared/contract/remediation.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { toMicroUsd } from '../../../shared/domain/text/money.ts'
import type { Command } from '../kit/command.ts'
import { asList } from '../kit/layout.ts'
import { once, printEither, printRow } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Failed, failureText, Misuse } from '../kit/failure.ts'
import { collect, wholeNumber } from '../kit/options.ts'
import { type NumberedProposal, PROPOSAL_FIELDS, remediationFields } from './remediation/fields.ts'
import { sendPreviewed } from './remediation/run.ts'
import { computeMark } from './remediation/mark.ts'
import { fitLines, previewLines } from './remediation/text.ts'
import type { Act, DefineVerb } from '../kit/run.ts'
import { makePainter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { defineNounVerb } from '../kit/noun.ts'
import { REMEDIATION } from '../../../shared/nouns/remediation.ts'

export const define: DefineVerb = (command, act) => {
  defineList(command, act)
  definePropose(command, act)
  defineAdd(command, act)
  definePreview(command, act)
  defineApprove(command, act)
  defineRun(command, act)
  defineEnds(command, act)
}

function defineList(command: Command, act: Act): void {
  const list = command
    .command('list')
    .description('List the changes to apply at the providers, and those that were applied.')
    .about({ calls: 'remediation.list', example: '--client acme' })
  defineNounVerb(list, act, REMEDIATION, {
    fields: remediationFields,
    empty: 'No changes. See what can be changed: castellan remediation propose --finding ID',
    read: (api, filter) => (slice) => api.remediation.list({ ...filter, ...slice }),
  })
}

interface OriginOptions {
  readonly finding?: number
  readonly item?: number
  readonly person?: number
  readonly key?: number
}

function withOrigin(command: Command): Command {
  return command
    .option('--finding <id>', 'about this finding (castellan finding list --json)', wholeNumber)
    .option('--item <id>', 'about this item that a review decided to remove or change', wholeNumber)
    .option('--person <id>', 'about this person', wholeNumber)
    .option('--key <id>', 'about this key', wholeNumber)
}

function getOrigin({ finding, item, person, key }: OriginOptions): RemediationOrigin {
  const given: RemediationOrigin[] = []
  if (finding !== undefined) given.push({ kind: 'finding', id: finding })
  if (item !== undefined) given.push({ kind: 'review-item', id: item })
  if (person !== undefined) given.push({ kind: 'person', id: person })
  if (key !== undefined) given.push({ kind: 'key', id: key })
  const [only] = given
  if (only === undefined || given.length > 1) {
    throw new Misuse('A change has one origin.', 'Give one of --finding ID, --item ID, --person ID and --key ID.')
  }
  return only
}

async function proposed(api: Api, origin: RemediationOrigin): Promise<NumberedProposal[]> {
  const proposals = await api.remediation.proposals({ origins: [origin] })
  return proposals.map((proposal, index) => ({ ...proposal, pick: index + 1 }))
}

function definePropose(command: Command, act: Act): void {
  const propose = withOrigin(
    command
      .command('propose')
      .description('List the changes that can be made about a finding, a review item, a person or a key.')
      .about({ calls: 'remediation.proposals', example: '--finding 7' }),
  )
  defineListVerb<NumberedProposal, OriginOptions>(propose, act, {
    fields: PROPOSAL_FIELDS,
    empty: 'No change at a provider is possible.',
    read: (api, asked) => proposed(api, getOrigin(asked)),
  })
}

interface AddOptions extends OriginOptions {
  readonly pick?: number
  readonly all?: true
  readonly role?: string
  readonly name?: string
  readonly amount?: number
}

function defineAdd(command: Command, act: Act): void {
  const add = withOrigin(
    command
      .command('add')
      .description('Add changes to the remediation list. Nothing is sent.')
      .about({ calls: ['remediation.add', 'remediation.addMany --all'], example: '--finding 7 --pick 1' }),
  )
    .option('--pick <number>', 'which of the proposals; needed where there are several', wholeNumber)
    .option('--all', 'every proposal that needs nothing more and is not on the list')
    .option('--role <role>', 'the new role, in the provider’s word')
    .option('--name <name>', 'the name to give a key')
    .option('--amount <dollars>', 'the amount of a limit or alert for a month, such as 250 or 99.50', parseAmount)
  asList(add, remediationFields(makePainter(false)))
  act<AddOptions, []>(add, async (run, options) => {
    const origin = getOrigin(options)
    const { added, refused } = await run.withApi('write', async (api) => {
      const proposals = await proposed(api, origin)
      const chosen = options.all ? ready(proposals) : [picked(proposals, options.pick)]
      const items = chosen.map(({ action, subject: { kind, id }, values }) => ({
        action,
        subject: { kind, id },
        values: { ...values, ...givenValues(options) },
        origin,
      }))
      const [only] = items
      return options.all || only === undefined
        ? api.remediation.addMany({ items })
        : { added: [await api.remediation.add(only)], refused: [] }
    })
    const fields = remediationFields(makePainter(run.terminal.colour && !run.json))
    await printListing(run, { fields, empty: 'Nothing was added.' }, once(added))
    for (const { message, hint } of refused) await run.terminal.err(failureText({ message, hint }))
    return refused.length === 0 ? EXIT.done : added.length === 0 ? EXIT.failed : EXIT.partial
  })
}

function ready(proposals: readonly NumberedProposal[]): readonly NumberedProposal[] {
  return proposals.filter(({ needs, remediationId }) => needs.length === 0 && remediationId === null)
}

function picked(proposals: readonly NumberedProposal[], pick: number | undefined): NumberedProposal {
  const [first] = proposals
  if (first === undefined) throw new Misuse('No change at a provider is possible.')
  const chosen = pick === undefined && proposals.length === 1 ? first : proposals.find((one) => one.pick === pick)
  if (chosen !== undefined) return chosen
  const list = proposals.map((one) => `${one.pick}: ${shown(one.says)}`).join(' ')
  throw new Misuse(
    `${counted(proposals.length, 'proposal')} can be made. ${list}`,
    'Name one of them, --pick NUMBER, or take all of them, --all.',
  )
}

function givenValues({ role, name, amount }: AddOptions): RemediationValues {
  return {
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { name }),
    ...(amount === undefined ? {} : { amountMicros: amount }),
  }
}

function parseAmount(text: string): number {
  const micros = toMicroUsd(text.replace(/^\$/u, ''))
  if (micros === null || micros === 0) throw new InvalidArgumentError('Write an amount in dollars, such as 99.50.')
  return micros
}

function definePreview(command: Command, act: Act): void {
  const sub = command
    .command('preview')
    .description('Show the exact requests of changes, their impact, and how to send them.')
    .about({ calls: 'remediation.preview', example: '4 5' })
    .argument('<id...>', 'numbers of changes')
    .option('--allow-once <connection>', 'also write to this read-only connection, in this one run', collectNumbers)
  act<{ readonly allowOnce?: readonly number[] }, [readonly string[]]>(sub, async (run, { allowOnce = [] }, ids) => {
    const preview = await run.withApi('read', (api) =>
      api.remediation.preview({ remediations: ids.map(parseId), allow: [...allowOnce] }),
    )
    await printEither(run, preview, fitLines(previewLines(preview, run), run.terminal.columns))
  })
}

function parseId(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new Misuse(`${JSON.stringify(text)} is not the number of a change.`)
  return Number(text)
}

function defineApprove(command: Command, act: Act): void {
  const sub = command
    .command('approve')
    .description(
      'Approve changes as a second member of a team, after this register derived the same requests. Nothing is sent.',
    )
    .about({ calls: 'remediation.approve', example: '4 5 --confirm acme' })
    .argument('<what...>', 'the token of a preview, or numbers of changes')
    .requiredOption('--confirm <word>', 'what the preview asks to be typed')
    .option('--mark <mark>', 'only if it is still what the preview with this mark showed')
  asList(sub, remediationFields(makePainter(false)))
  act<{ readonly confirm: string; readonly mark?: string }, [readonly string[]]>(
    sub,
    async (run, { confirm, mark }, what) => {
      const { rows } = await run.withApi('write', async (api) =>
        api.remediation.approve({ token: await readToken(api, what, [], mark), confirm }),
      )
      const fields = remediationFields(makePainter(run.terminal.colour && !run.json))
      await printListing(run, { fields, empty: 'Nothing was approved.' }, once(rows))
    },
  )
}

/** The token that was given, or that of a preview of the changes that were. */
async function readToken(api: Api, what: readonly string[], allow: number[], mark?: string): Promise<string> {
  const [first = ''] = what
  if (what.length === 1 && first.includes('.')) return first
  const { token } = await api.remediation.preview({ remediations: what.map(parseId), allow })
  if (mark !== undefined && mark !== computeMark(token)) {
    throw new Failed(
      'What would be sent is not what was previewed, so nothing was sent.',
      `Preview it again: castellan remediation preview ${what.join(' ')}`,
    )
  }
  return token
}

interface RunOptions {
  readonly confirm: string
  readonly mark?: string
  readonly allowOnce?: readonly string[]
}

function collectNumbers(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, wholeNumber(text)]
}

/** `12=Acme on OpenAI`: a connection, and the word that allows one run to write to it. */
function parseAllowed(text: string): { readonly connectionId: number; readonly confirm: string } {
  const [, id, confirm] = /^(\d{1,9})=(.+)$/u.exec(text) ?? []
  if (id === undefined || confirm === undefined) {
    throw new Misuse(`${JSON.stringify(text)} names no connection and word.`, 'Write it as 12="Acme on OpenAI".')
  }
  return { connectionId: Number(id), confirm }
}

function defineRun(command: Command, act: Act): void {
  const sub = command
    .command('run')
    .description('Send what was previewed, in order; stop at the first unexpected response.')
    .about({
      calls: ['remediation.run', 'remediation.takeSecret'],
      example: '4 5 --mark 7c1f9a2b --confirm acme',
      printsOnce: true,
    })
    .argument('<what...>', 'the token of a preview, or numbers of changes')
    .requiredOption('--confirm <word>', 'what the preview asks to be typed')
    .option('--mark <mark>', 'only if it is still what the preview with this mark showed')
    .option(
      '--allow-once <connection=word>',
      'write to this read-only connection in this one run; the word is what the preview asks for',
      collect,
    )
    .addHelpText(
      'after',
      '\nThe secret of a rotated key is printed on standard output, only once. Exit code 3 when it stopped half-way or\na change was refused, 1 when nothing was done.\n',
    )
  act<RunOptions, [readonly string[]]>(sub, async (run, { confirm, mark, allowOnce = [] }, what) =>
    run.withApi('write', async (api) => {
      const allow = allowOnce.map(parseAllowed)
      const connections = allow.map(({ connectionId }) => connectionId)
      const token = await readToken(api, what, connections, mark)
      return sendPreviewed(run, api, { token, confirm, allow })
    }),
  )
}

function defineEnds(command: Command, act: Act): void {
  for (const { name, operation, what } of [
    { name: 'cancel', operation: 'withdraw', what: 'Cancel a pending change.' },
    {
      name: 'deployed',
      operation: 'confirmDeployed',
      what: 'Confirm that the new key is deployed; the old one can then be revoked.',
    },
    { name: 'done', operation: 'markByHand', what: 'Mark a change as completed manually, or found done.' },
  ] as const) {
    const sub = command
      .command(name)
      .description(what)
      .about({ calls: `remediation.${operation}`, example: '4' })
      .argument('<id>', 'the number of the change')
    act<object, [string]>(sub, async (run, _options, id) => {
      const row = await run.withApi('write', (api) => api.remediation[operation]({ remediationId: parseId(id) }))
      const says = [`Change ${row.remediationId}: ${row.state}.`, shown(row.outcome ?? '')].join(' ').trim()
      await printRow(run, remediationFields(makePainter(false)), row, says)
    })
  }
}
