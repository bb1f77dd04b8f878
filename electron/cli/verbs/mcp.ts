import { PassThrough } from 'node:stream'

import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio'

import type { Api } from '../../../shared/contract/contract.ts'
import { Misuse } from '../kit/failure.ts'
import { newMcpServer } from '../mcp/server.ts'
import { TOOLS } from '../mcp/tools.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import type { Terminal } from '../kit/terminal.ts'

interface Options {
  readonly allClients?: boolean
}

export const define: DefineVerb = (command, act) => {
  command
    .description('Answer the questions of an assistant by the Model Context Protocol, on standard input and output.')
    .about({ example: '--client acme', printsOnce: true })
    .option('--all-clients', 'answer about every client; without it, about the one that --client names')
    .addHelpText(
      'after',
      `\nTools: ${TOOLS.map(({ name }) => name).join(', ')}. None writes; each question is recorded in the audit log.\n`,
    )
  act<Options, []>(command, (run, options) =>
    run.withApi('read', async (api, session) => {
      const client = await findScope(run, api, options)
      const getApi = (slug: string | undefined): Api => (slug === undefined ? api : session.getApi(slug))
      const journal = await session.openJournal()
      try {
        await serve(run.terminal, () => newMcpServer({ getApi, journal, client }))
      } finally {
        journal.close()
      }
    }),
  )
}

/** An assistant that helps with one client must not see the names of another. */
async function findScope(run: Run, api: Api, { allClients }: Options): Promise<string | undefined> {
  if (run.client !== undefined) {
    if (allClients) throw new Misuse('--client and --all-clients contradict each other.', 'Give one of them.')
    return run.client
  }
  if (allClients) return undefined
  const clients = await api.client.list({})
  const [only, ...others] = clients
  if (only !== undefined && others.length === 0) return only.slug
  throw new Misuse('An assistant gets answers about one client only.', 'Name it: --client SLUG, or give --all-clients.')
}

/** Serves until standard input ends. */
async function serve(terminal: Terminal, factory: () => ReturnType<typeof newMcpServer>): Promise<void> {
  const { stdin } = terminal
  const stdout = new PassThrough()
  const printing = print(stdout, terminal).finally(() => stdin.destroy())
  // It is awaited below; until then a closed reader is not an error.
  printing.catch(() => undefined)
  const ended = new Promise<void>((resolve) => {
    stdin.once('end', resolve)
    stdin.once('close', resolve)
  })
  const handle = serveStdio(factory, { transport: new StdioServerTransport(stdin, stdout) })
  await ended
  await handle.close()
  stdout.end()
  await printing
}

/** Prints until the messages end. Throws `OutputClosed` when the reader has closed the pipe. */
async function print(stdout: PassThrough, terminal: Terminal): Promise<void> {
  for await (const chunk of stdout) await terminal.out(chunk as Buffer)
}
