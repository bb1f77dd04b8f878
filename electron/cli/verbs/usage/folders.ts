import { resolve } from 'node:path'

import type { FolderFile, UsageFolder } from '../../../../shared/contract/usage-folders.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { plainJson } from '../../../../shared/domain/text/visible-text.ts'
import type { Command } from '../../kit/command.ts'
import { checkFound } from '../../kit/confirm.ts'
import { asList } from '../../kit/layout.ts'
import { once, printLines, type Field } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { wholeNumber } from '../../kit/options.ts'
import { readScope, type Act, type Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { defineListVerb } from '../../kit/list-verb.ts'

const FIELDS: readonly Field<UsageFolder>[] = [
  { key: 'folderId', json: (row) => row.folderId, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'path', json: (row) => row.path, column: { title: 'Folder', flexible: true } },
  { key: 'readable', json: (row) => row.readable, column: { title: 'Readable' } },
  { key: 'files', json: (row) => row.fileCount, column: { title: 'Files', align: 'right' } },
  { key: 'lastFile', json: (row) => row.files[0]?.name ?? null, column: { title: 'Last file', flexible: true } },
  { key: 'lastState', json: (row) => row.files[0]?.state ?? null, column: { title: 'State' } },
  { key: 'lastSays', json: (row) => row.files[0]?.says ?? null },
]

const FILE_FIELDS: readonly Field<FolderFile>[] = [
  { key: 'folderId', json: (file) => file.folderId },
  { key: 'name', json: (file) => file.name, column: { title: 'File', flexible: true } },
  { key: 'state', json: (file) => file.state, column: { title: 'State' } },
  { key: 'counted', json: (file) => file.counted, column: { title: 'Counted', align: 'right' } },
  { key: 'repeated', json: (file) => file.repeated, column: { title: 'Before', align: 'right' } },
  { key: 'refused', json: (file) => file.refused, column: { title: 'Refused', align: 'right' } },
  { key: 'says', json: (file) => file.says, column: { title: 'Why', sentence: true } },
]

/** `usage folder list|add|remove|check` and `usage watch`. */
export function defineFolders(usage: Command, act: Act): void {
  const folder = usage.command('folder').summary('folders that usage records are imported from')
  const list = folder.command('list').summary('list the folders that are watched').about({ calls: 'usageFolders.list' })
  defineListVerb(list, act, {
    fields: FIELDS,
    empty: 'No folder is watched. Watch one: castellan usage folder add FOLDER --client SLUG',
    read: (api, asked) => api.usageFolders.list(asked),
  })
  const add = folder
    .command('add')
    .about({ calls: 'usageFolders.add', example: '/srv/records --client acme' })
    .argument('<folder>', 'CSV and JSON Lines files in it are imported when they appear or grow')
    .summary('watch a folder for the records of a client')
  act<object, [string]>(add, async (run, _options, path) => {
    const { client, terminal } = run
    if (client === undefined) throw new Misuse('Usage records belong to a client.', 'Name it: --client SLUG')
    const added = await run.withApi('write', (api) =>
      api.usageFolders.add({ client, path: resolve(terminal.cwd, path) }),
    )
    await printListing(run, { fields: FIELDS, empty: '' }, once([added]))
  })
  const remove = folder
    .command('remove')
    .about({ calls: 'usageFolders.remove', example: '1' })
    .asks('ends the watch of the folder', async (api, [id]) =>
      checkFound(
        (await api.usageFolders.list({})).some((row) => row.folderId === id),
        'Folder',
        id,
      ),
    )
    .argument('<id>', 'its number', wholeNumber)
    .summary('stop watching a folder; imported records stay')
  act<object, [number]>(remove, async (run, _options, folderId) => {
    await run.withApi('write', (api) => api.usageFolders.remove({ folderId }))
    if (!run.json) await printLines(run.terminal, ['Removed.'])
  })
  const check = folder
    .command('check')
    .summary('import what appeared or grew now, and end')
    .about({ calls: 'usageFolders.check' })
  check.addHelpText('after', '\nExit code 3 when a file or a row was refused.')
  asList(check, FILE_FIELDS)
  act<object, []>(check, async (run) => {
    const files = await run.withApi('write', (api) => api.usageFolders.check(readScope(run)))
    await printListing(run, { fields: FILE_FIELDS, empty: 'Nothing new.' }, once(files))
    return getCode(files)
  })
  const watch = usage
    .command('watch')
    .summary('import what appears in watched folders, until it is interrupted')
    .about({ calls: 'usageFolders.watch' })
    .addHelpText('after', '\nOne line for each file; with --json one object on each line.\n')
  act<object, []>(watch, follow)
}

function getCode(files: readonly FolderFile[]): ExitCode {
  return files.every(({ state }) => state === 'taken') ? EXIT.done : EXIT.partial
}

async function follow(run: Run): Promise<ExitCode> {
  const { terminal } = run
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    await run.withApi('write', async (api) => {
      const folders = await api.usageFolders.list(readScope(run))
      await terminal.err(`Watching ${counted(folders.length, 'folder')}. Ctrl+C ends it.\n`)
      for await (const file of await api.usageFolders.watch(readScope(run), { signal: stop.signal })) {
        await terminal.out(`${run.json ? plainJson(JSON.stringify(file)) : toLine(file)}\n`)
      }
    })
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
  return EXIT.done
}

function toLine({ name, state, counted, repeated, refused, says }: FolderFile): string {
  const why = says === null ? '' : ` ${shown(says)}`
  if (state === 'refused') return `${shown(name)}: not imported.${why}`
  return `${shown(name)}: ${counted} counted, ${repeated} counted before, ${refused} refused.${why}`
}
