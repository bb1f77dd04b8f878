import { baseUrlProblem, canonicalBaseUrl } from '../../../shared/domain/base-url.ts'
import { updatesContract } from '../../../shared/contract/updates.ts'
import { assertWritable } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { invalid } from '../kit/refusal.ts'
import {
  checkFeed,
  discardDownload,
  downloadUpdate,
  getUpdateStatus,
  installUpdate,
  setFeed,
  verifyFile,
} from './updates.ts'

const os = implementArea({ updates: updatesContract })

export const updatesRouter = {
  status: os.updates.status.handler(({ context }) => getUpdateStatus(context)),
  setFeed: os.updates.setFeed.handler(async ({ context, input }) => {
    assertWritable(context)
    await setFeed(context, input.feed === null ? null : readFeed(input.feed))
    return getUpdateStatus(context)
  }),
  check: os.updates.check.handler(async ({ context, signal }) => {
    await checkFeed(context, signal)
    return getUpdateStatus(context)
  }),
  download: os.updates.download.handler(({ context, signal }) => {
    assertWritable(context)
    return downloadUpdate(context, signal)
  }),
  verify: os.updates.verify.handler(async ({ context, input }) => {
    await verifyFile(context, input.path, input.older)
    return getUpdateStatus(context)
  }),
  install: os.updates.install.handler(async ({ context }) => {
    assertWritable(context)
    await installUpdate(context)
    return { started: true as const }
  }),
  discard: os.updates.discard.handler(({ context }) => {
    assertWritable(context)
    discardDownload(context)
    return getUpdateStatus(context)
  }),
}

/** The address of a feed, as it is called and shown. */
function readFeed(text: string): string {
  if (baseUrlProblem(text) === null) return canonicalBaseUrl(text)
  throw invalid(
    'feed',
    'This is not the address of a feed.',
    'Write it as https://host/folder, without user, password or query; http:// only for this machine.',
  )
}
