import { evidenceContract } from '../../../shared/contract/evidence.ts'
import { knownFingerprints } from '../../register/read/evidence.ts'
import { getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ evidence: evidenceContract })

// The code that writes and checks packs is larger than most of the service; it is loaded when it is needed.
const packing = () => import('./pack.ts')
const summarizing = () => import('./summary.ts')
const verifying = () => import('./verify-pack.ts')
const verifyingRegister = () => import('./verify-register.ts')

export const evidenceRouter = {
  pack: os.evidence.pack.handler(async ({ context, input }) => (await packing()).packEvidence(context, input)),
  summary: os.evidence.summary.handler(async ({ context, input }) =>
    (await summarizing()).exportSummary(context, input),
  ),
  verify: os.evidence.verify.handler(async ({ context, input }) => {
    const own = knownFingerprints(getReader(context))
    const verdict = await (await verifying()).verifyPack(input.path, { key: input.key, own })
    return { ...verdict, checkedAt: context.now() }
  }),
  signers: os.evidence.signers.handler(({ context }) => knownFingerprints(getReader(context))),
  verifyRegister: os.evidence.verifyRegister.handler(async ({ context, input }) => {
    const { packEnds, verifyRegister } = await verifyingRegister()
    return verifyRegister(context, await packEnds(context, input?.packs ?? []))
  }),
}
