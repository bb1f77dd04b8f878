import { Option } from 'commander'

import { SUMMARY_FORMATS } from '../../../../shared/contract/evidence.ts'
import type { Command } from '../../kit/command.ts'
import { formatOfFile } from '../../kit/file-format.ts'
import { wholeNumber } from '../../kit/options.ts'
import { getTarget, type OutOptions, printWritten, withForce } from '../../kit/out-option.ts'
import type { Act } from '../../kit/run.ts'
import { writing } from '../../kit/writing.ts'

interface Options extends OutOptions {
  readonly out: string
  readonly format?: (typeof SUMMARY_FORMATS)[number]
}

/** `review summary REVIEW --out FILE`: a review on paper, for a human auditor. */
export function defineSummary(command: Command, act: Act): void {
  const summary = withForce(
    command
      .command('summary')
      .description('Write a summary of a review for an auditor: a page of attestation, then the items.')
      .about({ calls: 'evidence.summary', example: '3 --out admins-november.pdf' })
      .argument('<review>', 'the number of the review, as “review list” shows it', wholeNumber)
      .requiredOption('--out <file>', 'the file to write'),
  )
    .addOption(new Option('--format <format>', 'by the ending of --out').choices(SUMMARY_FORMATS))
    .addHelpText(
      'after',
      '\nIt is for reading and not signed; “review pack” writes the signed evidence. pdf needs Chromium, Chrome or Edge.' +
        '\nJSON keys: path, bytes, rows, sha256\n',
    )
  act<Options, [number]>(summary, async (run, { out, force, format: asked }, reviewId) => {
    const format = formatOfFile(out, SUMMARY_FORMATS, asked)
    const target = getTarget(run, out, { force })
    await printWritten(run, await writing(run, (api) => api.evidence.summary({ reviewId, format, ...target })))
  })
}
