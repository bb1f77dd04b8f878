import { evidenceContract } from '../../../shared/contract/evidence.ts'
import { knownFingerprints } from '../../register/read/evidence.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readTeamKeys } from '../../register/team/heads.ts'
import { getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ evidence: evidenceContract })

// The code that writes and checks packs is larger than most of the service; it is loaded when it is needed.
const packing = () => import('./pack.ts')
const summarizing = () => import('./summary.ts')
const verifying = () => import('./verify-pack.ts')
const verifyingRegister = () => Promise.all([import('./verify-register.ts'), import('./register-aside.ts')])

/** The keys that a register knows. */
function readSigners(reader: Reader): Outputs['evidence']['signers'] {
  const team = readTeamKeys(reader)
  return { own: [...knownFingerprints(reader)], team: team && { root: team.root, keys: [...team.keys] } }
}

export const evidenceRouter = {
  pack: os.evidence.pack.handler(async ({ context, input, signal }) =>
    (await packing()).packEvidence(context, input, signal),
  ),
  summary: os.evidence.summary.handler(async ({ context, input }) =>
    (await summarizing()).exportSummary(context, input),
  ),
  verify: os.evidence.verify.handler(async ({ context, input }) => {
    const { path, key, root } = input
    const verdict = await (await verifying()).verifyPack(path, { key, root, ...readSigners(getReader(context)) })
    return { ...verdict, checkedAt: context.now() }
  }),
  signers: os.evidence.signers.handler(({ context }) => readSigners(getReader(context))),
  verifyRegister: os.evidence.verifyRegister.handler(async ({ context, input }) => {
    const [{ packEnds }, { verifyRegisterAside }] = await verifyingRegister()
    return verifyRegisterAside(context, await packEnds(context, input?.packs ?? []))
  }),
}
