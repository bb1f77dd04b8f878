import { Failed, Misuse } from '../kit/failure.ts'
import { printEither } from '../kit/listing.ts'
import { type OutOptions, printWritten, getTarget, withOut } from '../kit/out-option.ts'
import type { DefineVerb } from '../kit/run.ts'
import { writing } from '../kit/writing.ts'
import { readSecret } from '../kit/secret-input.ts'

export const define: DefineVerb = (command, act) => {
  const show = withOut(
    command.command('show').about({
      calls: ['app.recoveryCode', 'app.saveRecoveryKit --out'],
      example: '--confirm SHOW',
      isWhole: true,
      printsOnce: true,
    }),
  )
    .description(
      'Print the code that opens a copy of this register elsewhere, or write a recovery kit (.pdf, .html, .txt) with --out. The audit log records that it was shown.',
    )
    .option('--confirm <word>', 'the word SHOW: anyone who sees the code can read the register')
  act<OutOptions & { readonly confirm?: string }, []>(show, async (run, { confirm, out, force }) => {
    if (confirm !== 'SHOW') {
      throw new Misuse(
        'The recovery code is shown only after a confirmation: anyone who sees it can read a copy of the register.',
        'Run: castellan recovery show --confirm SHOW',
      )
    }
    if (out !== undefined) {
      const target = getTarget(run, out, { force })
      await printWritten(run, await writing(run, (api) => api.app.saveRecoveryKit({ confirm, ...target })))
      return
    }
    const { code, path } = await run.withApi('write', (api) => api.app.recoveryCode({ confirm }))
    await printEither(run, { code, path }, [code], [code])
    await run.terminal.err(`It opens ${path}. Keep it apart from the register, on paper or in a password manager.\n`)
  })

  const unlock = command
    .command('unlock')
    .description('Open a copied register with its recovery code, read from standard input, and keep its key here.')
    .about({ calls: 'app.unlock', example: '--profile /media/copy < recovery-code' })
  act<object, []>(unlock, async (run) => {
    const code = await readSecret(run.terminal, 'Recovery code')
    if (code === '') throw new Misuse('No recovery code was given.', 'Pass it on standard input.')
    const info = await run.withApi('write', (api) => api.app.unlock({ code }))
    if (info.locked !== null)
      throw new Failed('The register is still locked.', 'Check that the code belongs to this register.')
    await printEither(run, { profile: info.profile, locked: false }, [
      `Unlocked ${info.profile}. ${info.keychain.detail}`,
    ])
  })
}
