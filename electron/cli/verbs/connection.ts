import { resolve } from 'node:path'

import { Option } from 'commander'
import type { z } from 'zod'

import type { capability, Connection } from '../../../shared/contract/connections.ts'
import { credentialWarning } from '../../../shared/domain/providers/credential.ts'
import { CONNECTION_ACCESS, type ConnectionAccess } from '../../../shared/domain/connection.ts'
import {
  isProviderId,
  PROVIDER_IDS,
  providerFacts,
  providerName,
  readsFile,
  type ProviderId,
} from '../../../shared/domain/providers/providers.ts'
import { sourceLabel } from '../../../shared/domain/source.ts'
import type { Command } from '../kit/command.ts'
import { asList } from '../kit/layout.ts'
import { once, printLines, type Field, printEither, printRow } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { wholeNumber } from '../kit/options.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { givenSecret, readSecret } from '../kit/secret-input.ts'
import { bad, faint, good, makePainter, type Painter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import type { Cell } from '../kit/text/cell.ts'
import { defineEdit } from './connection/edit.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { CONNECTION_LIST_FIELDS } from './connection/fields.ts'

type Capability = z.infer<typeof capability>

function stateCell(paint: Painter, { state }: Capability): Cell {
  if (state === 'readable') return good(paint, state)
  return state === 'unavailable' ? faint(paint, state) : bad(paint, state)
}

function capabilityFields(paint: Painter): readonly Field<Capability>[] {
  return [
    { key: 'source', json: (row) => row.source },
    { key: 'label', json: (row) => sourceLabel(row.source), column: { title: 'Source' } },
    { key: 'state', json: (row) => row.state, column: { title: 'State' }, cell: (row) => stateCell(paint, row) },
    { key: 'reason', json: (row) => row.reason, column: { title: 'Reason', sentence: true } },
  ]
}

interface AddOptions {
  readonly provider: ProviderId
  readonly label?: string
  readonly baseUrl?: string
  readonly path?: string
  readonly access: ConnectionAccess
  /** False for `--no-credential`. */
  readonly credential: boolean
  readonly check?: true
}

/** Prints what to do about the credential, when it was not stored. */
async function sayWhereKept(run: Run, connection: Connection): Promise<void> {
  const { credential, id } = connection
  if (credential.state === 'session') {
    await run.terminal.err(
      'No keychain is available, so the credential was not stored.\n' +
        `Pass it with each sync: castellan sync --connection ${id} --credential-stdin\n`,
    )
  } else if (credential.state === 'none') {
    await run.terminal.err(`It has no credential. Set one: castellan connection credential ${id}\n`)
  }
  const warning =
    isProviderId(connection.provider) && credential.hint !== null
      ? credentialWarning(connection.provider, credential.hint)
      : null
  if (warning !== null) await run.terminal.err(`${warning}\n`)
}

async function printConnection(run: Run, connection: Connection, says: string): Promise<void> {
  const { id, client, label, organizationId } = connection
  const organization = organizationId === null ? '' : ` to ${shown(organizationId)}`
  const sentence = `${says} connection ${id} of ${shown(client.name)}${organization}: ${shown(label)}.`
  await printRow(run, CONNECTION_LIST_FIELDS, connection, sentence)
  await sayWhereKept(run, connection)
}

async function readCredential(run: Run, provider: ProviderId): Promise<string> {
  return readSecret(run.terminal, `${providerName(provider)}: ${providerFacts(provider).credentialWords}`)
}

export const define: DefineVerb = (command, act) => {
  const add = command
    .command('add')
    .description(
      'Add a connection to one provider organization of a client (--client). The admin key is read from standard input.',
    )
    .about({
      calls: ['connection.add', 'connection.check --check'],
      example: '--client acme --provider openai < admin-key',
    })
    .addOption(
      new Option('--provider <provider>', 'whose organization it is').choices(PROVIDER_IDS).makeOptionMandatory(),
    )
    .option('--label <text>', 'as it shall be shown')
    .option(
      '--base-url <url>',
      'an address other than the vendor’s, for a gateway (https; http for this machine alone)',
    )
    .option('--path <file>', 'the file to read, for the provider file; its form is in docs/file-provider.md')
    .addOption(
      new Option('--access <access>', 'what Castellan may do there').choices(CONNECTION_ACCESS).default('read-only'),
    )
    .option('--no-credential', 'do not read an admin key; set it later')
    .option('--check', 'ask the provider first; add nothing if it refuses the key or does not answer')
  act<AddOptions, []>(add, async (run, { credential: wanted, check, path, ...options }) => {
    const { client } = run
    if (client === undefined) throw new Misuse('A connection belongs to a client.', 'Name it: --client SLUG')
    if (readsFile(options.provider) && path === undefined) {
      throw new Misuse('A connection of the provider file reads one.', 'Name it: --path FILE')
    }
    const credential = wanted && !readsFile(options.provider) ? await readCredential(run, options.provider) : ''
    const asked = {
      client,
      provider: options.provider,
      ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
      ...(path === undefined ? {} : { path: resolve(path) }),
      ...(credential === '' ? {} : { credential }),
    }
    const connection = await run.withApi('write', async (api) => {
      if (check === true) await api.connection.check(asked)
      return api.connection.add({ ...options, ...asked })
    })
    await printConnection(run, connection, 'Added')
  })

  defineEdit(command, act, printConnection)

  const list = command
    .command('list')
    .description('List connections and the state of their last sync.')
    .about({ calls: 'connection.list', example: '--client acme' })
  defineListVerb<Connection>(list, act, {
    fields: CONNECTION_LIST_FIELDS,
    empty: 'No connections. Add one: castellan connection add --client SLUG --provider openai',
    read: (api, asked) => api.connection.list(asked),
  })

  const test = withId(
    command
      .command('test')
      .description('Ask the provider what the stored credential can read.')
      .about({ calls: ['connection.get', 'connection.test'], example: ['1', '1 --credential-stdin < admin-key'] }),
  ).option('--credential-stdin', 'test the credential on standard input instead; it is not kept')
  asList(test, capabilityFields(makePainter(false)))
  act<{ readonly credentialStdin?: boolean }, [number]>(test, async (run, { credentialStdin }, id) => {
    const credential = credentialStdin ? await givenSecret(run) : undefined
    const report = await run.withApi('write', (api) =>
      api.connection.test({ id, ...(credential === undefined ? {} : { credential }) }),
    )
    const { organization, capabilities } = report
    if (run.layout.format === 'table' && organization !== null) {
      await printLines(run.terminal, [
        `Organization ${shown(organization.externalId)}${organization.name === null ? '' : ` (${shown(organization.name)})`}`,
      ])
    }
    const fields = capabilityFields(makePainter(run.terminal.colour))
    await printListing(run, { fields, empty: 'It can read nothing.' }, once(capabilities))
    return getCode(capabilities)
  })

  const remove = withId(
    command
      .command('remove')
      .description('Remove a connection and delete its credential. Its data stays in the history.')
      .about({ calls: 'connection.remove', example: '1' })
      .asks('removes the connection and deletes its credential', (api, [id]) => api.connection.get({ id: Number(id) })),
  )
  act<object, [number]>(remove, async (run, _options, id) => {
    await run.withApi('write', (api) => api.connection.remove({ id }))
    await printEither(run, { id, removed: true }, [`Removed connection ${id} and its credential.`])
  })

  const replace = withId(
    command
      .command('credential')
      .description('Set or replace the credential of a connection, read from standard input.')
      .about({ calls: 'connection.setCredential', example: '1 < admin-key' }),
  )
  act<object, [number]>(replace, async (run, _options, id) => {
    const credential = await givenSecret(run)
    const connection = await run.withApi('write', (api) => api.connection.setCredential({ id, credential }))
    await printConnection(run, connection, 'Set the credential of')
  })
}

function withId(command: Command): Command {
  return command.argument('<id>', 'its number in `castellan connection list`', wholeNumber)
}

/** A source that the organization does not have is not a fault of the credential. */
function getCode(capabilities: readonly Capability[]): ExitCode {
  const lacking = capabilities.filter(({ state }) => state === 'denied' || state === 'failed')
  if (lacking.length === 0) return EXIT.done
  return lacking.length === capabilities.length ? EXIT.failed : EXIT.partial
}
