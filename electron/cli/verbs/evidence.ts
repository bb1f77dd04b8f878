import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import { getNamedFolder } from '../../service/files-out/write-named.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

export const define: DefineVerb = (command, act) => {
  const csv = command
    .command('csv')
    .description(
      'Make a CSV file of each table of an evidence pack, for a spreadsheet, in a new folder. It needs no register.',
    )
    .about({ example: 'evidence/acme-admins --out tables', isWhole: true })
    .argument('<pack>', 'the folder or the zip of an evidence pack')
    .requiredOption('--out <dir>', 'the folder to make it in')
    .addHelpText(
      'after',
      '\nA pack that was changed since it was signed is refused. Whose key signed it is not compared: castellan verify does that.\nJSON keys: path, files, fingerprint\n',
    )
  act<{ readonly out: string }, [string]>(csv, async (run, { out }, pack) => {
    const { writePackCsv } = await import('../../service/evidence/pack-csv.ts')
    const { cwd } = run.terminal
    const written = await writePackCsv(resolve(cwd, pack), getNamedFolder(run.profile, resolve(cwd, out)))
    if (run.json) await printObject(run.terminal, written)
    else {
      await printLines(run.terminal, [
        `Wrote ${counted(written.files, 'file')} to ${shown(written.path)}.`,
        `The pack is signed with the key ${written.fingerprint}; castellan verify compares it.`,
      ])
    }
  })
}
