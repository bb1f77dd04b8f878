import { basename, resolve } from 'node:path'

import type { Restoring } from '../../../shared/contract/backup.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Failed, Misuse } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime, minuteCell } from '../kit/text/when.ts'

interface Options {
  readonly yes?: true
  readonly accept?: true
}

export const define: DefineVerb = (command, act) => {
  command
    .description(
      'Replace the register with a backup. The backup is first migrated and checked in a separate folder; the present register is moved into the backups folder. This also works when the register is missing or damaged. Close the window first.',
    )
    .about({ calls: 'backup.accept --accept', example: '--yes', isWhole: true })
    .argument('[file]', 'the backup; the newest one in the folder of the profile unless given')
    .option('--yes', 'do it; else only show what it would do')
    .option('--accept', 'keep using the register as it is, though it lacks rows that were written to it')
    .addHelpText('after', '\nJSON keys: path, journalRows, lastAt, lostRows, replaced; with --accept: accepted\n')
  act<Options, [string | undefined]>(command, async (run, { yes, accept }, file) => {
    if (accept !== undefined) {
      if (file !== undefined) throw new Misuse('--accept restores nothing.', 'castellan restore --accept')
      return acceptLoss(run)
    }
    const { previewRestore, restore } = await import('../../service/profile/restore.ts')
    const { terminal, profile, secrets } = run
    const path = file === undefined ? await findNewest(profile) : resolve(terminal.cwd, file)
    const options = { profile, file: path, now: () => terminal.now(), secrets }
    if (yes === undefined) {
      const found = await previewRestore(options)
      if (run.json) await printObject(terminal, { ...found, lastAt: isoTime(found.lastAt), replaced: null })
      else await printLines(terminal, [...words(found), 'Nothing was changed. To restore it, add --yes.'])
      return EXIT.done
    }
    const done = await restore(options)
    if (run.json) await printObject(terminal, { ...done, lastAt: isoTime(done.lastAt) })
    else {
      const aside = done.replaced === null ? [] : [`The replaced register is now ${shown(done.replaced)}`]
      await printLines(terminal, [`Restored ${shown(basename(path))}.`, ...words(done), ...aside])
    }
    return EXIT.done
  })
}

function words({ path, journalRows, lastAt, lostRows }: Restoring): readonly string[] {
  const until = lastAt === null ? 'no decision' : `decisions until ${minuteCell(lastAt)}`
  const lost =
    lostRows === null
      ? 'How many later ones are lost is unknown: the present register cannot be read.'
      : `${counted(lostRows, 'later decision')} of the present register ${lostRows === 1 ? 'is' : 'are'} not in it.`
  return [`${shown(path)} is sound: ${counted(journalRows, 'row')} of the audit log, ${until}.`, lost]
}

async function findNewest(profile: string): Promise<string> {
  const { listBackups } = await import('../../service/profile/backups.ts')
  const newest = listBackups(profile).find(({ kind }) => kind !== 'replaced')
  if (newest !== undefined) return newest.path
  throw new Failed('The folder of the profile contains no backup.', 'Name one: castellan restore FILE.')
}

async function acceptLoss(run: Run): Promise<ExitCode> {
  const { accepted } = await run.withApi('write', (api) => api.backup.accept())
  if (run.json) await printObject(run.terminal, { accepted })
  else
    await printLines(run.terminal, [
      accepted ? 'The register is used as it is; its audit log records what it lacks.' : 'The register lacks nothing.',
    ])
  return EXIT.done
}
