import { desktopContract } from '../../../shared/contract/app.ts'
import { SECRET_STAYS_SECONDS } from '../../../shared/contract/control.ts'
import { getClient } from '../../register/clients/client.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ desktop: desktopContract })

export const desktopRouter = {
  saveTarget: os.desktop.saveTarget.handler(async ({ context, input }) => {
    const answer = await context.host.saveTarget(input)
    if (answer.outcome !== 'chosen') return answer
    const { path } = answer
    return { outcome: 'chosen' as const, handle: context.targets.give(path, input.folder ? 'folder' : 'file'), path }
  }),
  openTarget: os.desktop.openTarget.handler(
    async ({ context, input }) => (await context.host.openTarget?.(input)) ?? { outcome: 'cancelled' as const },
  ),
  secretCopied: os.desktop.secretCopied.handler(({ context, input }) => {
    if (context.host.secretCopied === undefined) return { seconds: null }
    context.host.secretCopied(input.sha256)
    return { seconds: SECRET_STAYS_SECONDS }
  }),
  scope: os.desktop.scope.handler(({ context, input }) => {
    const { register, sample } = context.session()
    const client = input.client === null || register === null ? null : getClient(register.reader, input.client)
    const title = `Castellan — ${sample ? 'SAMPLE — ' : ''}${client?.name ?? 'All clients'}`
    context.host.setTitle(title)
    return { title }
  }),
}
