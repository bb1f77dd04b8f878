import { backupContract } from '../../../shared/contract/backup.ts'
import { basename, join } from 'node:path'

import type { RestoreResult, Restoring } from '../../../shared/contract/backup.ts'
import { AREAS } from '../../../shared/contract/app.ts'
import { assertWritable, type Context, readOperator, makeRegister } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { listBackups, makeBackup } from '../profile/backups.ts'
import { profilePaths } from '../profile/paths.ts'
import { previewRestore, restore, type RestoreOptions } from '../profile/restore.ts'
import { invalid, notFound } from '../kit/refusal.ts'

const os = implementArea({ backup: backupContract })

/** Only what is in the backups folder: a window names no paths. */
function toOptions(context: Context, name: string): RestoreOptions {
  const { profile, secrets } = context.session()
  if (name !== basename(name)) {
    throw invalid(
      'name',
      `${JSON.stringify(name)} is not the name of a backup.`,
      'Choose one from the list of backups.',
    )
  }
  const file = join(profilePaths(profile).backups, name)
  if (!listBackups(profile).some((backup) => backup.path === file)) {
    throw notFound(`A backup ${JSON.stringify(name)}`, 'List the backups again.')
  }
  return { profile, file, now: context.now, secrets }
}

/** Replaces the open register with a backup, and opens it. */
export async function restoreOpen(context: Context, options: RestoreOptions): Promise<RestoreResult> {
  assertWritable(context)
  const done = await context.exchange(() => restore(options))
  context.events.changed(...AREAS)
  return done
}

export const backupRouter = {
  list: os.backup.list.handler(({ context }) => [...listBackups(context.session().profile)]),
  make: os.backup.make.handler(({ context }) =>
    makeBackup(makeRegister(context), context.session().profile, context.now()),
  ),
  preview: os.backup.preview.handler(({ context, input }): Promise<Restoring> =>
    previewRestore(toOptions(context, input.name)),
  ),
  restore: os.backup.restore.handler(({ context, input }) => restoreOpen(context, toOptions(context, input.name))),
  accept: os.backup.accept.handler(async ({ context }) => {
    assertWritable(context)
    const { end, profile } = context.session()
    if (end.loss === null) return { accepted: false }
    await end.accept(readOperator(context))
    await context.reopen(profile)
    context.events.changed(...AREAS)
    return { accepted: true }
  }),
}
