import { Option, type Command } from 'commander'

import type { Client } from '../../../../shared/contract/clients.ts'
import { type ClientKind, CLIENT_KINDS } from '../../../../shared/domain/client.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { collect } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'

interface EditOptions {
  readonly name?: string
  readonly kind?: ClientKind
  readonly colour?: string
  readonly domain?: readonly string[]
  readonly notes?: string
}

/** `client edit`: changes what is given and leaves the rest. */
export function defineEdit(
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
    .argument('<slug>', 'the short name of the client')
    .option('--name <name>', 'the name that is shown')
    .addOption(new Option('--kind <kind>', 'a client, or the agency itself').choices(CLIENT_KINDS))
    .option('--colour <#rrggbb>', 'the mark of the client', colour)
    .option('--domain <domain>', 'an e-mail domain of its people, instead of those before; may be repeated', collect)
    .option('--notes <text>', 'notes, instead of those before')
  act<EditOptions, [string]>(edit, async (run, { domain, ...options }, slug) => {
    const values = { ...options, ...(domain === undefined ? {} : { domains: [...domain] }) }
    if (Object.keys(values).length === 0) throw new Misuse('Nothing was given to change.', 'See --help.')
    await print(run, await run.withApi('write', (api) => api.client.update({ slug, ...values })), 'Changed')
    return EXIT.done
  })
}
