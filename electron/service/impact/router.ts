import type { BlastReport, BlastSubject } from '../../../shared/contract/impact.ts'
import { blastMarkdown } from '../../../shared/report/blast-markdown.ts'
import { blastOf } from '../../register/impact/blast.ts'
import { checkScope, type Context, readerOf } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

function reportOf(
  context: Context,
  { kind, id, client }: BlastSubject & { readonly client?: string | undefined },
): BlastReport {
  checkScope(context, { client })
  const report = blastOf(readerOf(context), { kind, id }, { client, now: context.now() })
  if (report === null) throw notFound(`This ${kind}`, READ_AGAIN)
  return report
}

export const blastRouter = {
  get: os.blast.get.handler(({ context, input }) => reportOf(context, input)),
  markdown: os.blast.markdown.handler(({ context, input }) => ({ text: blastMarkdown(reportOf(context, input)) })),
}
