import { resolve } from 'node:path'

import { Option } from 'commander'

import { counted } from '../../../shared/domain/counted.ts'
import { REGISTER_FORMATS, type RegisterFormat } from '../../../shared/contract/files.ts'
import { EXIT } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { formatOfFile } from '../file-format.ts'
import { printLines, printObject } from '../listing.ts'
import { wholeNumber } from '../options.ts'
import { scopeOf, type DefineVerb } from '../run.ts'
import { writing } from '../writing.ts'

interface Options {
  readonly format?: RegisterFormat
  readonly out?: string
  readonly connection?: number
}

export const define: DefineVerb = (command, act) => {
  command
    .addOption(new Option('--format <format>', 'by the ending of --out; md without --out').choices(REGISTER_FORMATS))
    .option('--out <file>', 'write a file, whole or not at all, and note it in the journal; else print it')
    .option('--connection <id>', 'only this connection', wholeNumber)
    .addHelpText('after', '\nJSON keys with --out: path, bytes, rows, sha256\n')
  act<Options, []>(command, async (run, { format: asked, out, connection }) => {
    const scope = { ...scopeOf(run), ...(connection === undefined ? {} : { connection }) }
    if (out !== undefined) {
      const format = formatOfFile(out, REGISTER_FORMATS, asked)
      const path = resolve(run.terminal.cwd, out)
      const written = await writing(run, (api) => api.files.exportRegister({ ...scope, format, path }))
      if (run.json) await printObject(run.terminal, written)
      else
        await printLines(run.terminal, [
          `Wrote ${counted(written.rows, 'row')} to ${written.path} (SHA-256 ${written.sha256}).`,
        ])
      return EXIT.done
    }
    const format = asked ?? (run.json ? 'json' : 'md')
    if (format === 'xlsx') throw new Misuse('A workbook is not text.', 'Say where to write it: --out FILE')
    if (run.json && format !== 'json') {
      throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them, or --out FILE.')
    }
    const { text } = await run.withApi('read', (api) => api.files.renderRegister({ ...scope, format }))
    await run.terminal.out(text)
    return EXIT.done
  })
}
