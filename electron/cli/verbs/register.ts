import { Option } from 'commander'

import { REGISTER_FORMATS, type RegisterFormat } from '../../../shared/domain/text/register-formats.ts'
import { printDocument } from '../kit/document.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { formatOfFile } from '../kit/file-format.ts'
import { wholeNumber } from '../kit/options.ts'
import { type OutOptions, printWritten, getTarget, withOut } from '../kit/out-option.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { writing } from '../kit/writing.ts'

interface Options extends OutOptions {
  readonly format?: RegisterFormat
  readonly connection?: number
}

export const define: DefineVerb = (command, act) => {
  command.about({
    calls: ['files.exportRegister --out', 'files.renderRegister'],
    example: '--format md --out register.md',
  })
  withOut(command)
    .addOption(new Option('--format <format>', 'by the ending of --out; md without --out').choices(REGISTER_FORMATS))
    .option('--connection <id>', 'only this connection', wholeNumber)
    .addHelpText('after', '\nJSON keys with --out: path, bytes, rows, sha256\n')
  act<Options, []>(command, async (run, { format: asked, out, force, connection }) => {
    const scope = { ...readScope(run), ...(connection === undefined ? {} : { connection }) }
    if (out !== undefined) {
      const format = formatOfFile(out, REGISTER_FORMATS, asked)
      const target = getTarget(run, out, { force })
      await printWritten(run, await writing(run, (api) => api.files.exportRegister({ ...scope, format, ...target })))
      return EXIT.done
    }
    const format = asked ?? (run.json ? 'json' : 'md')
    if (format === 'xlsx') throw new Misuse('XLSX needs a file.', 'Give the file to write: --out FILE')
    if (run.json && format !== 'json') {
      throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them, or --out FILE.')
    }
    await printDocument(run, 'files.renderRegister', { ...scope, format })
    return EXIT.done
  })
}
