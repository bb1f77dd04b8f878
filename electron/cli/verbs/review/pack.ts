import { resolve } from 'node:path'

import { counted } from '../../../../shared/domain/counted.ts'
import type { Command } from '../../kit/command.ts'
import { printLines, printObject } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

/** `review pack REVIEW --out DIR`: the evidence of a review, to be checked without Castellan. */
export function definePack(command: Command, act: Act): void {
  const pack = command
    .command('pack')
    .description('Write the signed evidence of a review as a new folder and a zip; existing files are not overwritten.')
    .about({ calls: 'evidence.pack', example: '3 --out evidence' })
    .argument('<review>', 'the number of the review, as “review list” shows it', wholeNumber)
    .requiredOption('--out <dir>', 'the folder to make it in')
    .option('--no-zip', 'only the folder')
    .addHelpText('after', '\nJSON keys: path, zipPath, files, fingerprint, headHash\n')
  act<{ readonly out: string; readonly zip: boolean }, [number]>(pack, async (run, { out, zip }, reviewId) => {
    const directory = resolve(run.terminal.cwd, out)
    const written = await run.withApi('write', (api) => api.evidence.pack({ reviewId, directory, zip }))
    if (run.json) await printObject(run.terminal, written)
    else {
      await printLines(run.terminal, [
        `Wrote ${counted(written.files, 'file')} to ${shown(written.path)}${zip ? ', and as a zip beside it' : ''}.`,
        `Signed with the key ${written.fingerprint}`,
        'Its VERIFY.md explains how to check it with sha256sum and openssl; castellan verify checks it too.',
      ])
    }
  })
}
