import { realpathSync } from 'node:fs'

import type { Command } from '../../kit/command.ts'
import { Misuse } from '../../kit/failure.ts'
import { printLines } from '../../kit/listing.ts'
import { getTarget, withForce } from '../../kit/out-option.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { findStateDirectory, makeUnit } from './unit.ts'

interface Options {
  readonly out?: string
  readonly force?: true
  readonly user?: string
  readonly credential?: readonly string[]
}

const PROFILE = '/var/lib/castellan'

/** `runner install`. */
export function defineInstall(runner: Command, act: Act): void {
  const install = runner
    .command('install')
    .description(
      `Print a unit of systemd that runs castellan runner on ${PROFILE}, or on the folder that --profile names.`,
    )
    .about({
      example: ['--profile /var/lib/castellan', '--user castellan --out castellan-runner.service'],
      isWhole: true,
    })
    .option('--out <file>', 'write the unit into this file; else print it')
    .option('--user <name>', 'run as this user; else as one that systemd makes')
    .option(
      '--credential <name>',
      'pass this credential, may be repeated; else all that begin with castellan.',
      (name: string, before: readonly string[] | undefined) => [...(before ?? []), name],
    )
    .addHelpText('after', '\nThe program is the one that runs now: node and the path of castellan.\n')
  withForce(install)
  act<Options, []>(install, write)
}

async function write(run: Run, { out, force, user, credential = [] }: Options): Promise<void> {
  const profile = run.profileNamed === undefined ? PROFILE : run.profile
  if (user === undefined && findStateDirectory(profile) === null) {
    throw new Misuse(
      `A user that systemd makes owns no folder outside /var/lib, such as ${profile}.`,
      'Name the user that owns it: --user NAME',
    )
  }
  const wrong = credential.find((name) => !/^castellan\.[\w.-]{1,200}$/u.test(name))
  if (wrong !== undefined) {
    throw new Misuse(
      `${JSON.stringify(wrong)} is not the name of a credential of Castellan.`,
      'The names begin with castellan. and are in docs/runner.md.',
    )
  }
  if (user !== undefined && !/^[a-z_][a-z0-9_-]{0,30}$/u.test(user))
    throw new Misuse(`${JSON.stringify(user)} is not a valid name of a user.`, 'Name one: --user castellan')
  const program = [process.execPath, ...process.execArgv, realpathSync(process.argv[1] ?? '')]
  const unit = makeUnit({ program, profile, user: user ?? null, credentials: credential })
  if (out === undefined) {
    await run.terminal.out(unit)
    return
  }
  const { writeNamedFile } = await import('../../../service/files-out/write-named.ts')
  const path = writeNamedFile(run.profile, getTarget(run, out, { force }), unit)
  await printLines(run.terminal, [
    `Wrote ${shown(path)}. Then: systemctl daemon-reload, systemctl enable --now with its name.`,
  ])
}
