import { offboardingContract } from '../../../shared/contract/offboarding.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { offboardingMarkdown } from '../../../shared/report/offboarding-markdown.ts'
import { assertWritable, type Context } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { addRemediations } from '../remediation/add.ts'
import { readOffboarding } from './status.ts'

const os = implementArea({ offboarding: offboardingContract })

export const offboardingRouter = {
  get: os.offboarding.get.handler(({ context, input }) => readOffboarding(context, input.client)),
  addAll: os.offboarding.addAll.handler(({ context, input }) => addAll(context, input.client)),
  markdown: os.offboarding.markdown.handler(({ context, input }) => ({
    text: offboardingMarkdown(readOffboarding(context, input.client), context.now()),
  })),
  // The code that writes packs is larger than most of the service; it is loaded when it is needed.
  certificate: os.offboarding.certificate.handler(async ({ context, input }) =>
    (await import('./certificate.ts')).certify(context, input),
  ),
}

/**
 * Adds everything that the agency holds at a client to the remediation list: accounts, invites and keys of its people.
 * Roles end with the account, and the client rotates the keys that they can have seen. Items that are on the list stay
 * unchanged.
 */
async function addAll(context: Context, client: string): Promise<Outputs['offboarding']['addAll']> {
  assertWritable(context)
  const held = readOffboarding(context, client).items.flatMap(({ kind, name, person, remediation, listed }) =>
    kind === 'role' || kind === 'shared-key' || remediation === null || listed !== null
      ? []
      : [{ name, request: { ...remediation, origin: { kind: 'person' as const, id: person.id } } }],
  )
  const outcomes = await addRemediations(
    context,
    held.map(({ request }) => request),
  )
  const refused = outcomes.flatMap((each, at) =>
    typeof each === 'number' ? [] : [`${held[at]?.name ?? ''}: ${each.message}`],
  )
  return { added: outcomes.filter((each) => typeof each === 'number'), refused }
}
