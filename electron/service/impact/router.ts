import { impactContract } from '../../../shared/contract/impact.ts'
import type { ImpactReport, ImpactSubject } from '../../../shared/contract/impact.ts'
import { impactMarkdown } from '../../../shared/report/impact-markdown.ts'
import { findImpact } from '../../register/impact/impact.ts'
import { checkScope, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

const os = implementArea({ impact: impactContract })

function readReport(
  context: Context,
  { kind, id, client }: ImpactSubject & { readonly client?: string | undefined },
): ImpactReport {
  checkScope(context, { client })
  const report = findImpact(getReader(context), { kind, id }, { client, now: context.now() })
  if (report === null) throw notFound(`This ${kind}`, READ_AGAIN)
  return report
}

export const impactRouter = {
  get: os.impact.get.handler(({ context, input }) => readReport(context, input)),
  markdown: os.impact.markdown.handler(({ context, input }) => ({ text: impactMarkdown(readReport(context, input)) })),
}
