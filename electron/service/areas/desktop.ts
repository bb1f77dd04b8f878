import { getClient } from '../../register/client.ts'
import { os } from '../implementer.ts'

export const desktopRouter = {
  saveTarget: os.desktop.saveTarget.handler(({ context, input }) => context.host.saveTarget(input)),
  scope: os.desktop.scope.handler(({ context, input }) => {
    const { register, sample } = context.session()
    const client = input.client === null || register === null ? null : getClient(register.reader, input.client)
    const title = `Castellan — ${sample ? 'SAMPLE — ' : ''}${client?.name ?? 'All clients'}`
    context.host.setTitle(title)
    return { title }
  }),
}
