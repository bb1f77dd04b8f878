import type { ServiceHost } from '../service/kit/host.ts'
import type { OpenService } from '../service/process/open.ts'
import type { OpenSession } from './kit/run.ts'

/** A terminal has no desktop for questions or notifications; a runner has its output for them. */
const host: ServiceHost = {
  shell: 'terminal',
  saveTarget: async () => ({ outcome: 'cancelled' }),
  setTitle: () => undefined,
  printPdf: async (html) => {
    const { findBrowser } = await import('../shell/chromium/find.ts')
    const { printPdf } = await import('../shell/chromium/print.ts')
    return printPdf(await findBrowser(), html)
  },
}

/**
 * Opens the service in this process. It is loaded only when a verb needs it, so that help and misuse answer
 * immediately. Secrets come from the operating system's keychain unless given, or passed to this process by systemd.
 */
export function sessionOpener(given: Pick<OpenService, 'secrets'> = {}): OpenSession {
  const open: OpenSession = async ({ profile, mode, create, client, progress, note, credentials }) => {
    const { openService } = await import('../service/process/open.ts')
    const { findGivenSecrets } = await import('../service/process/given-secrets.ts')
    const as = note === undefined ? 'terminal' : 'runner'
    const secrets = given.secrets ?? findGivenSecrets(credentials, as === 'runner')
    const watched = {
      ...host,
      ...(progress === undefined ? {} : { progress }),
      ...(note === undefined ? {} : { note }),
    }
    const service = await openService({
      profile,
      mode,
      create,
      client,
      as,
      host:
        note === undefined ? watched : { ...watched, notify: ({ title, body }) => note(`${title}: ${body}`, 'done') },
      ...(secrets === undefined ? {} : { secrets }),
    })
    return {
      api: service.api,
      warnings: service.context
        .session()
        .notices.filter(({ kind }) => kind === 'register-lost-rows' || kind === 'journal-end-missing')
        .map(({ detail }) => detail),
      getApi: service.getApi,
      streamText: async (operation, input) => {
        const { streamText } = await import('../service/process/text-streams.ts')
        return streamText(service.context, operation, input)
      },
      streamDue: async (input) => {
        const { streamDue } = await import('../service/rotation/due-rows.ts')
        return streamDue(service.context, input)
      },
      streamFindings: async (input) => {
        const { streamFindings } = await import('../service/findings/finding-lines.ts')
        return streamFindings(service.context, input)
      },
      fillWithSample: async () => {
        const { fillWithSample } = await import('../service/sample/fill.ts')
        await fillWithSample(service.context)
      },
      openJournal: async () => {
        const { openQuestionJournal } = await import('../service/core/question-journal.ts')
        return openQuestionJournal(service.context)
      },
      backUp: async (path, daily) => {
        const { makeRegister } = await import('../service/core/context.ts')
        const { backUpDaily, makeBackup } = await import('../service/profile/backups.ts')
        const register = makeRegister(service.context)
        if (path !== null) {
          const { fileTarget } = await import('../service/files-out/target.ts')
          return register.copyTo(fileTarget(service.context, { path, force: null }).path)
        }
        const now = service.context.now()
        return daily ? backUpDaily(register, profile, now) : makeBackup(register, profile, now)
      },
      close: () => service.close(),
    }
  }
  return Object.assign(open, given)
}
