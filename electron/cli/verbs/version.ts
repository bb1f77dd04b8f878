import { VERSION } from '../../../shared/domain/version.ts'
import { printEither } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'

export const define: DefineVerb = (command, act) => {
  command.about({ example: ['', '--json'] }).addHelpText('after', '\nJSON keys: version\n')
  act(command, (run) => printEither(run, { version: VERSION }, [VERSION]))
}
