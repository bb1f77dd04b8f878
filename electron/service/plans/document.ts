import type { PlanDetail, PlanFileFormat, PlanFormat } from '../../../shared/contract/plans.ts'
import { toSlug } from '../../../shared/domain/client.ts'
import { printPlan } from '../../../shared/domain/plans/yaml/print.ts'
import { markdownHtml } from '../../../shared/report/markdown-html.ts'
import { markdownTree } from '../../../shared/report/markdown-text.ts'
import { planTree } from '../../../shared/report/plan-document.ts'
import type { Context } from '../core/context.ts'
import { placeExport } from '../files-out/place-export.ts'
import { printedPdf } from '../files-out/printed-pdf.ts'
import type { FileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'

/** The document of a plan, and a name for its file. Markdown has diagrams that code hosts draw; HTML has lists. */
export function planDocument(
  detail: PlanDetail,
  format: PlanFormat,
): { readonly text: string; readonly suggestedName: string } {
  const { row } = detail
  const suggestedName = `${row.client.slug}-plan-${toSlug(row.title) || row.planId}.${format}`
  return { text: toText(detail, format), suggestedName }
}

function toText({ row, version, plan, problems }: PlanDetail, format: PlanFormat): string {
  if (format === 'yaml') return printPlan(plan)
  const document = { title: row.title, version, plan, problems }
  return format === 'md'
    ? markdownTree(planTree(document, 'mermaid'))
    : markdownHtml(plan.name, planTree(document, 'list'))
}

/**
 * Writes the document to a file, atomically, and notes it in the journal. Throws `Refusal` CONFLICT where nothing can
 * print a PDF.
 */
export async function exportPlan(
  context: Context,
  detail: PlanDetail,
  { format, target }: { readonly format: PlanFileFormat; readonly target: FileTarget },
): Promise<ReturnType<typeof placeExport>> {
  const piece = format === 'pdf' ? await printedPdf(context, toText(detail, 'html')) : toText(detail, format)
  const staged = stageFile(target, [piece])
  const { row, version, plan } = detail
  return placeExport(context, staged, {
    action: 'plan.exported',
    client: row.client.slug,
    subject: row.title,
    body: { rows: plan.projects.length, plan: row.planId, version, format },
  })
}
