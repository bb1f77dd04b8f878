import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import type { Verdict } from '../../../shared/contract/evidence.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { printLines, printObject } from '../listing.ts'
import type { DefineVerb, Run } from '../run.ts'
import { shown } from '../text/shown.ts'
import { isoTime } from '../text/when.ts'

export const define: DefineVerb = (command, act) => {
  command
    .argument('[pack]', 'the folder or the zip of an evidence pack')
    .option('--register', 'this profile’s register instead: its journal, and its reviews against it')
    .addHelpText(
      'after',
      '\nExits with 4 when something was changed, with 1 when it cannot be read.\nJSON keys: ok, problems (file, row, says), rows, fingerprint, checkedAt\n',
    )
  act<{ readonly register?: true }, [string | undefined]>(command, async (run, { register }, pack) => {
    if ((pack === undefined) === (register === undefined)) {
      throw new Misuse(
        'Say what to verify: a pack or the register.',
        'castellan verify PACK, or castellan verify --register',
      )
    }
    if (pack === undefined) {
      const verdict = await run.withApi('read', (api) => api.evidence.verifyRegister())
      return tell(run, verdict, 'the journal and the reviews of this register')
    }
    // A pack is checked by itself: an auditor has no register, and needs none.
    const { verifyPack } = await import('../../service/evidence/verify-pack.ts')
    const found = await verifyPack(resolve(run.terminal.cwd, pack))
    return tell(run, { ...found, checkedAt: run.terminal.now() }, 'the pack')
  })
}

async function tell(run: Run, verdict: Verdict, what: string): Promise<ExitCode> {
  const { terminal } = run
  if (run.json) await printObject(terminal, { ...verdict, checkedAt: isoTime(verdict.checkedAt) })
  else {
    await printLines(terminal, [
      verdict.ok ? `✓ unchanged: ${what}, ${counted(verdict.rows, 'row')}` : `✗ changed: ${what}`,
      ...verdict.problems.map(
        ({ file, row, says }) => `  ${shown(row === null ? file : `${file}:${row}`)}  ${shown(says)}`,
      ),
      ...(verdict.fingerprint === null
        ? []
        : [
            `Key ${verdict.fingerprint}`,
            'Compare it with one that came another way: whoever has another key can sign another pack.',
          ]),
    ])
  }
  return verdict.ok ? EXIT.done : EXIT.found
}
