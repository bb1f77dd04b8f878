import type { Outputs } from '../../../shared/contract/contract.ts'
import { offboardingMarkdown } from '../../../shared/report/offboarding-markdown.ts'
import { assertWritable, type Context } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { addRemediations } from '../remediation/add.ts'
import { readOffboarding } from './status.ts'

export const offboardingRouter = {
  get: os.offboarding.get.handler(({ context, input }) => readOffboarding(context, input.client)),
  addAll: os.offboarding.addAll.handler(({ context, input }) => addAll(context, input.client)),
  markdown: os.offboarding.markdown.handler(({ context, input }) => ({
    text: offboardingMarkdown(readOffboarding(context, input.client), context.now()),
  })),
  // What writes packs weighs more than most of the service; it is loaded when it is asked for.
  certificate: os.offboarding.certificate.handler(async ({ context, input }) =>
    (await import('./certificate.ts')).certify(context, input),
  ),
}

/**
 * Puts everything that the agency holds at a client on the list: accounts, invites and keys of its people. Roles end with
 * the account, and keys that they can have seen are the client's to rotate. What is on the list stays as it is.
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
  return { added: outcomes.length - refused.length, refused }
}
