import { Option } from 'commander'

import type { Api } from '../../../shared/contract/contract.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { ATTRIBUTION_ADVICE } from '../../../shared/domain/snippets/attribution.ts'
import { MAP_FORMATS, type MapFormat } from '../../../shared/domain/snippets/organization-map.ts'
import { SNIPPET_LANGUAGES, type SnippetLanguage } from '../../../shared/domain/snippets/project-snippet.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { printLines, printObject, printEither } from '../kit/listing.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'

interface Options {
  readonly project: string
  readonly language: SnippetLanguage
}

export const define: DefineVerb = (command, act) => {
  const show = command
    .command('show')
    .description('Print code that selects a project, without its key.')
    .about({ calls: 'snippets.project', example: '--project ChatBot --client acme' })
    .requiredOption('--project <project>', 'the project, by its id at the provider or its name')
    .addOption(
      new Option('--language <language>', 'in which language').choices(SNIPPET_LANGUAGES).default('python', 'python'),
    )
    .addHelpText('after', '\nJSON keys: project, connection, python, typescript, curl, env\n')
  act<Options, []>(show, (run, options) => run.withApi('read', (api) => projectSnippet(run, api, options)))

  const map = command
    .command('map')
    .summary('which organization belongs to which client, as code')
    .about({ calls: 'snippets.map' })
    .addOption(new Option('--format <format>', 'how to write it').choices(MAP_FORMATS).default('json', 'json'))
  act<{ readonly format: MapFormat }, []>(map, (run, { format }) =>
    run.withApi('read', async (api) => {
      const written = await api.snippets.map(readScope(run))
      await run.terminal.out(written[run.json ? 'json' : format])
    }),
  )

  const naming = command
    .command('naming')
    .summary('the naming convention as a regular expression')
    .about({ calls: 'snippets.naming' })
  act(naming, (run) =>
    run.withApi('read', async (api) => {
      const { pattern, ecmascript, python } = await api.snippets.naming(readScope(run))
      await printEither(run, { pattern, ecmascript, python }, [pattern, ecmascript, python])
    }),
  )

  const attribution = command.command('attribution').about({}).summary('how programs attribute their use')
  act(attribution, async (run) => {
    const lines = ATTRIBUTION_ADVICE.flatMap(({ title, says, code }) => [
      title,
      `  ${says}`,
      ...(code === null ? [] : ['', ...code.split('\n').map((line) => (line === '' ? '' : `    ${line}`))]),
      '',
    ])
    if (run.json) await run.terminal.out(`${JSON.stringify(ATTRIBUTION_ADVICE, null, 1)}\n`)
    else await printLines(run.terminal, lines)
  })
}

async function projectSnippet(run: Run, api: Api, { project, language }: Options): Promise<typeof EXIT.done> {
  const { rows } = await api.projects.list({ ...readScope(run), search: project, limit: MAX_SLICE })
  const called = rows.filter(({ externalId, name }) => externalId === project || name === project)
  const [only, ...others] = called
  if (only === undefined) {
    throw new Misuse(`There is no project ${JSON.stringify(project)}.`, 'List them: castellan project list')
  }
  if (others.length > 0) {
    const ids = called.map(({ client, externalId }) => `${externalId} (${client.slug})`).join(', ')
    throw new Misuse(`${called.length} projects are called ${JSON.stringify(project)}: ${ids}.`, 'Name one by its id.')
  }
  const { project: of, connection, ...snippets } = await api.snippets.project({ projectId: only.projectId })
  if (run.json) {
    await printObject(run.terminal, { project: of.externalId, connection: connection.label, ...snippets })
  } else await run.terminal.out(snippets[language])
  return EXIT.done
}
