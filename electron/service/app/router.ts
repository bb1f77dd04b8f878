import { extname } from 'node:path'

import { networkObstacle, shownProxy } from '../../providers/kit/network.ts'
import { listClients } from '../../register/clients/client.ts'
import { checkJournal } from '../../register/db/journal.ts'
import { lossWords } from '../../register/db/noted-end.ts'
import { toRecoveryCode } from '../../secrets/recovery-code.ts'
import { signingKeyNotice } from '../../secrets/signing-key.ts'
import { teamKeysNotice } from '../../secrets/team-secrets.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { getAbout } from '../core/about-program.ts'
import { assertWritable, type Context, commit, getReader, makeRegister, readOperator } from '../core/context.ts'
import { belongsToTeam } from '../team/gate.ts'
import { placeExport } from '../files-out/place-export.ts'
import { printedPdf } from '../files-out/printed-pdf.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { recoveryKitHtml, recoveryKitText } from '../../../shared/report/recovery-kit.ts'
import { implementArea } from '../core/implementer.ts'
import { profileOfSample, profilePaths, getSampleProfile } from '../profile/paths.ts'
import { Refusal } from '../kit/refusal.ts'
import { isRecoveryShown, setRecoveryShown } from '../../register/db/meta.ts'
import { appContract, AREAS, type Notice, type ProfileInfo } from '../../../shared/contract/app.ts'

const os = implementArea({ app: appContract })

export function profileInfo(context: Context): ProfileInfo {
  const session = context.session()
  const locked = session.locked ?? (context.lock.isOn() ? 'asked' : null)
  const register = locked === null ? session.register : null
  const empty = register !== null && !belongsToTeam(session) && listClients(register.reader, true).length === 0
  const recoveryShown = register === null || isRecoveryShown(register.reader)
  return {
    version: VERSION,
    profile: session.profile,
    sample: register !== null && session.sample,
    locked,
    empty,
    shell: context.host.shell,
    operator: readOperator(context),
    keychain: { available: session.secrets.kind === 'keychain', detail: session.secrets.detail },
    proxy: shownProxy(),
    recoveryShown,
    notices: [...session.notices, ...currentNotices(context, recoveryShown, empty)],
  }
}

function currentNotices(context: Context, recoveryShown: boolean, empty: boolean): Notice[] {
  const session = context.session()
  const notices: Notice[] = []
  if (session.mode === 'read') {
    notices.push({
      kind: 'read-only',
      title: 'Opened to read',
      detail: 'Another process writes to this profile, or this verb only reads.',
    })
  }
  const obstacle = networkObstacle()
  if (obstacle !== null) {
    notices.push({
      kind: 'network',
      title: 'No provider is called',
      detail: `${obstacle.message} ${obstacle.hint}`,
    })
  }
  const signing = signingKeyNotice(session)
  if (signing !== null) {
    notices.push({
      kind: 'signing-key-in-file',
      title: 'The key that signs evidence is kept in a file',
      detail: signing,
    })
  }
  const team = teamKeysNotice(session)
  if (team !== null) {
    notices.push({ kind: 'team-keys-in-file', title: 'The keys of the team are kept in a file', detail: team })
  }
  if (!recoveryShown && !empty && !session.sample) {
    notices.push({
      kind: 'recovery-not-shown',
      title: 'The recovery code was not saved yet',
      detail: 'It is the only way into this register if its key is lost. It is shown under Settings.',
    })
  }
  return notices
}

async function openSampleProfile(context: Context): Promise<string> {
  const session = context.session()
  assertWritable(context)
  if (session.sample) return session.profile
  const profile = getSampleProfile(session.profile)
  await context.reopen(profile)
  try {
    if (listClients(getReader(context), true).length === 0) {
      const { fillWithSample } = await import('../sample/fill.ts')
      await fillWithSample(context)
    }
  } catch (error) {
    // A sample that cannot be shown (its key is lost, the disk is full) must not stay open.
    await context.reopen(session.profile)
    throw error
  }
  context.events.changed(...AREAS)
  return profile
}

/** The recovery code, and the register that it opens. Throws `Refusal` CONFLICT without an open register. */
function getRecovery(context: Context): { readonly code: string; readonly path: string } {
  const { key, profile } = context.session()
  if (key !== null) return { code: toRecoveryCode(key), path: profilePaths(profile).register }
  throw new Refusal(
    'CONFLICT',
    'The profile has no register yet, or it is locked.',
    'Add the first client, or enter the recovery code.',
  )
}

function noteRecoveryShown(context: Context): void {
  commit(context, ['app'], ({ writer, at, note }) => {
    setRecoveryShown(writer, at)
    note({ action: 'recovery.shown', client: null, subject: 'register', body: {} })
  })
}

export const appRouter = {
  info: os.app.info.handler(({ context }) => profileInfo(context)),
  events: os.app.events.handler(({ context, signal }) => context.events.follow(signal)),
  openSample: os.app.openSample.handler(async ({ context }) => ({ profile: await openSampleProfile(context) })),
  leaveSample: os.app.leaveSample.handler(async ({ context }) => {
    const { profile, sample } = context.session()
    const own = sample ? profileOfSample(profile) : null
    if (own === null) return { profile }
    await context.reopen(own)
    context.events.changed(...AREAS)
    return { profile: own }
  }),
  lock: os.app.lock.handler(async ({ context }) => {
    assertWritable(context)
    await context.lock.begin()
    return profileInfo(context)
  }),
  unlock: os.app.unlock.handler(async ({ context, input }) => {
    assertWritable(context)
    const place = await context.lock.end(input.code ?? null)
    return { ...profileInfo(context), place }
  }),
  recoveryCode: os.app.recoveryCode.handler(({ context }) => {
    const shown = getRecovery(context)
    noteRecoveryShown(context)
    return shown
  }),
  saveRecoveryKit: os.app.saveRecoveryKit.handler(async ({ context, input }) => {
    const target = fileTarget(context, input)
    const kit = { ...getRecovery(context), at: context.now(), operator: readOperator(context) }
    const ending = extname(target.path).toLowerCase()
    const html = recoveryKitHtml(kit)
    const piece = ending === '.pdf' ? await printedPdf(context, html) : ending === '.html' ? html : recoveryKitText(kit)
    const written = placeExport(context, stageFile(target, [piece]), {
      action: 'recovery.saved',
      client: null,
      subject: 'register',
      body: { rows: 1 },
    })
    noteRecoveryShown(context)
    return written
  }),
  about: os.app.about.handler(({ context }) => getAbout(context)),
  diagnostics: os.app.diagnostics.handler(async ({ context }) => {
    const { makeDiagnostics } = await import('./diagnostics.ts')
    return { text: makeDiagnostics(context) }
  }),
  saveDiagnostics: os.app.saveDiagnostics.handler(async ({ context, input }) => {
    const target = fileTarget(context, input)
    const { saveDiagnostics } = await import('./diagnostics.ts')
    return saveDiagnostics(context, target)
  }),
  integrity: os.app.integrity.handler(({ context }) => {
    const register = makeRegister(context)
    const chain = checkJournal(register.reader)
    const { loss } = context.session().end
    const problems = [
      ...register.check(),
      ...chain.problems.map(({ says }) => says),
      ...(loss === null ? [] : [lossWords(loss)]),
    ]
    return { ok: problems.length === 0, problems, journalRows: chain.rows, checkedAt: context.now() }
  }),
}
