import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import { profilePaths } from '../../service/profile/paths.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

export const define: DefineVerb = (command, act) => {
  command
    .description(
      'Read what can be read of a damaged register into a new profile, which the same key opens. The damaged file is not changed. Try castellan restore first: a backup has everything up to its day.',
    )
    .about({ example: '--into ~/castellan-salvaged', isWhole: true })
    .argument('[file]', 'the damaged register; the one of this profile unless given')
    .option('--into <folder>', 'the folder of the new profile: missing or empty')
    .addHelpText(
      'after',
      '\nExits with 3 where something could not be read.\nJSON keys: path, tables (table, rows, whole), problems\n',
    )
  act<{ readonly into?: string }, [string | undefined]>(command, async (run, { into }, file) => {
    if (into === undefined) throw new Misuse('Give the new folder: --into FOLDER.', 'castellan salvage --into FOLDER')
    const { salvageInto } = await import('../../service/profile/salvage.ts')
    const { terminal, profile } = run
    const done = await salvageInto({
      profile,
      file: file === undefined ? profilePaths(profile).register : resolve(terminal.cwd, file),
      into: resolve(terminal.cwd, into),
      now: () => terminal.now(),
      secrets: run.secrets,
    })
    const lost = done.tables.filter(({ whole }) => !whole)
    const rows = done.tables.reduce((sum, table) => sum + table.rows, 0)
    if (run.json) await printObject(terminal, done)
    else {
      await printLines(terminal, [
        `Wrote ${shown(done.path)}: ${counted(rows, 'row')} of ${counted(done.tables.length, 'table')}.`,
        ...(lost.length === 0 ? ['Every table was read to its end.'] : ['Read in part:']),
        ...lost.map((table) => `  ${table.table}: ${counted(table.rows, 'row')} read, an unknown number lost`),
        ...(done.problems.length === 0
          ? []
          : ['What the new register lacks:', ...done.problems.slice(0, 20).map((problem) => `  ${shown(problem)}`)]),
        `Look at it: castellan today --profile ${shown(resolve(terminal.cwd, into))}`,
      ])
    }
    return lost.length === 0 && done.problems.length === 0 ? EXIT.done : EXIT.partial
  })
}
