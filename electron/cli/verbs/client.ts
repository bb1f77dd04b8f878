import { InvalidArgumentError, Option } from 'commander'

import { colour, type Client } from '../../../shared/contract/clients.ts'
import { toSlug, type ClientKind, CLIENT_KINDS } from '../../../shared/domain/client.ts'
import type { Command } from '../kit/command.ts'
import { asList } from '../kit/layout.ts'
import { once, printLines, printRow } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { Misuse } from '../kit/failure.ts'
import { collect } from '../kit/options.ts'
import type { DefineVerb, Run, Act } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { CLIENT_FIELDS } from './client/fields.ts'
import { describeUnheld } from '../kit/unheld.ts'

interface AddOptions {
  readonly kind: ClientKind
  readonly colour?: string
  readonly domain?: readonly string[]
  readonly slug?: string
  readonly notes?: string
  readonly sameName?: true
}

interface ArchiveOptions {
  readonly why?: string
  readonly confirm?: string
}

async function printClient(run: Run, client: Client, what: string): Promise<void> {
  await printRow(run, CLIENT_FIELDS, client, `${what} ${shown(client.name)} (--client ${client.slug}).`)
}

export const define: DefineVerb = (command, act) => {
  const add = command
    .command('add')
    .description('Add a client, whose access is governed.')
    .about({ calls: 'client.add', example: '"Acme Corp" --domain acme.example', isWhole: true, createsRegister: true })
    .argument('<name>', 'as it shall be shown')
    .addOption(new Option('--kind <kind>', 'a client, or the agency itself').choices(CLIENT_KINDS).default('client'))
    .option('--colour <#rrggbb>', 'the colour of the client (chosen automatically unless given)', getColour)
    .option('--domain <domain>', 'an e-mail domain of its people; may be given several times', collect)
    .option('--slug <slug>', 'the short name for commands and files (made from the name unless given)')
    .option('--notes <text>', 'notes')
    .option('--same-name', 'add it although another client has the same name or one like it')
  act<AddOptions, [string]>(add, async (run, { domain, ...options }, name) => {
    // The slug never changes, and people would have to type a meaningless one for years.
    if (options.slug === undefined && toSlug(name) === '' && name.trim() !== '') {
      throw new Misuse(
        `No slug can be made from ${shown(name)}: it has no Latin letters or digits.`,
        'Choose one: --slug acme-japan',
      )
    }
    const client = await run.withApi('write', (api) =>
      api.client.add({ name, ...options, ...(domain ? { domains: [...domain] } : {}) }),
    )
    await printClient(run, client, 'Added')
  })

  defineEdit(command, act, { colour: getColour, print: printClient })

  const list = command
    .command('list')
    .description('List clients.')
    .about({ calls: 'client.list', example: '--archived' })
    .option('--archived', 'the archived ones too')
  asList(list, CLIENT_FIELDS)
  act<{ readonly archived?: boolean }, []>(list, async (run, { archived }) => {
    const { rows, unheld } = await run.withApi('read', async (api) => ({
      rows: await api.client.list({ archived: archived ?? run.client !== undefined }),
      unheld: await describeUnheld(run, api),
    }))
    await printListing(
      run,
      { fields: CLIENT_FIELDS, empty: 'No clients. Add one: castellan client add NAME' },
      once(rows),
    )
    if (unheld.length > 0) await printLines(run.terminal, unheld)
  })

  const archive = command
    .command('archive')
    .description('Archive a client: it leaves every list and stays in the register.')
    .about({ calls: 'client.archive', example: ['acme', 'acme --why "Contract ended"'] })
    .asks('removes the client from every list, until client restore', (api, [slug]) =>
      api.client.get({ slug: String(slug) }),
    )
    .argument('<slug>', 'the short name of the client')
    .option('--why <text>', 'the reason; needed where leavers still have access')
    .option('--confirm <word>', 'what has to be typed for a client with ten keys and more')
  act<ArchiveOptions, [string]>(archive, async (run, { why, confirm }, slug) => {
    const given = { ...(why === undefined ? {} : { reason: why }), ...(confirm === undefined ? {} : { confirm }) }
    await printClient(run, await run.withApi('write', (api) => api.client.archive({ slug, ...given })), 'Archived')
  })

  const restore = command
    .command('restore')
    .description('Restore an archived client.')
    .about({ calls: 'client.restore', example: 'acme' })
    .argument('<slug>', 'the short name of the client')
  act<object, [string]>(restore, async (run, _options, slug) => {
    await printClient(run, await run.withApi('write', (api) => api.client.restore({ slug })), 'Restored')
  })
}

function getColour(text: string): string {
  const read = colour.safeParse(text)
  if (!read.success) throw new InvalidArgumentError('Write a colour as #rrggbb.')
  return read.data
}

interface EditOptions {
  readonly name?: string
  readonly kind?: 'client' | 'internal'
  readonly colour?: string
  readonly domain?: readonly string[]
  readonly notes?: string
  readonly sameName?: true
}

/** `client edit`: changes what is given and leaves the rest. */
function defineEdit(
  command: Command,
  act: Act,
  {
    colour,
    print,
  }: {
    readonly colour: (text: string) => string
    readonly print: (run: Run, client: Client, what: string) => Promise<void>
  },
): void {
  const edit = command
    .command('edit')
    .description('Change a client. What is not given stays; the slug never changes.')
    .about({ calls: 'client.update', example: 'acme --name "Acme Corporation"' })
    .argument('<slug>', 'the short name of the client')
    .option('--name <name>', 'the name that is shown')
    .addOption(new Option('--kind <kind>', 'a client, or the agency itself').choices(['client', 'internal']))
    .option('--colour <#rrggbb>', 'the mark of the client', colour)
    .option('--domain <domain>', 'an e-mail domain of its people, instead of those before; may be repeated', collect)
    .option('--notes <text>', 'notes, instead of those before')
    .option('--same-name', 'change the name although another client has one like it')
  act<EditOptions, [string]>(edit, async (run, { domain, ...options }, slug) => {
    const values = { ...options, ...(domain === undefined ? {} : { domains: [...domain] }) }
    if (Object.keys(values).length === 0) throw new Misuse('Nothing was given to change.', 'See --help.')
    await print(run, await run.withApi('write', (api) => api.client.update({ slug, ...values })), 'Changed')
  })
}
