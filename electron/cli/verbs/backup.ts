import { resolve } from 'node:path'

import type { Backup } from '../../../shared/contract/backup.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { printLines, printObject, type Field } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime, minuteCell } from '../kit/text/when.ts'
import { defineListVerb } from '../kit/list-verb.ts'

const FIELDS: readonly Field<Backup>[] = [
  { key: 'name', json: ({ name }) => name, column: { title: 'Backup', flexible: true } },
  { key: 'kind', json: ({ kind }) => kind, column: { title: 'Kind' } },
  { key: 'at', json: ({ at }) => isoTime(at), column: { title: 'Written' }, cell: ({ at }) => minuteCell(at) },
  { key: 'bytes', json: ({ bytes }) => bytes, column: { title: 'Bytes', align: 'right' } },
  { key: 'path', json: ({ path }) => path },
]

interface Options {
  readonly out?: string
  readonly daily?: true
}

export const define: DefineVerb = (command, act) => {
  command
    .description(
      'Copy the register, encrypted with its key, and verify the copy. It is written to the backups folder of the profile, or to a file that you name. It works while a window is open. A backup opens with the register’s key: elsewhere it needs the recovery code.',
    )
    .about({ example: '--out /media/usb/castellan-2026-11-25.db', isWhole: true })
    .option('--out <file>', 'into this file, which must not exist')
    .option('--daily', 'the backup of today, unless there is one; the newest 14 are kept')
    .addHelpText(
      'after',
      '\nJSON keys: path, bytes, journalRows; with --daily path is null where there is one of today\n',
    )
  act<Options, []>(command, async (run, { out, daily }) => {
    const path = out === undefined ? null : resolve(run.terminal.cwd, out)
    const made = await run.withApi('read', async (_api, session) => session.backUp(path, daily === true))
    if (run.json) await printObject(run.terminal, made ?? { path: null })
    else if (made === null) await printLines(run.terminal, ['There is already a backup of today.'])
    else {
      const rows = counted(made.journalRows, 'row')
      await printLines(run.terminal, [
        `Wrote ${shown(made.path)} (${counted(made.bytes, 'byte')}, ${rows} of the audit log), and read it again.`,
      ])
    }
  })

  const list = command
    .command('list')
    .description('List the backups in the folder of the profile, newest first.')
    .about({ calls: 'backup.list', isWhole: true })
  defineListVerb(list, act, {
    fields: FIELDS,
    empty: 'No backups yet. Make one: castellan backup.',
    read: (api) => api.backup.list(),
  })
}
