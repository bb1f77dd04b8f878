import type { PlanDetail } from '../../../shared/contract/plan.ts'
import { slugOf } from '../../../shared/domain/client.ts'
import { markdownHtml } from '../../../shared/report/markdown-html.ts'
import { markdownTree } from '../../../shared/report/markdown-text.ts'
import { planTree } from '../../../shared/report/plan-document.ts'

/** The document of a plan, and how its file may be called. Markdown has diagrams that code hosts draw; HTML has lists. */
export function planDocument(
  { row, version, plan, problems }: PlanDetail,
  format: 'md' | 'html',
): { readonly text: string; readonly suggestedName: string } {
  const document = { title: row.title, version, plan, problems }
  const suggestedName = `${row.client.slug}-plan-${slugOf(row.title) || row.planId}.${format}`
  return {
    text:
      format === 'md'
        ? markdownTree(planTree(document, 'mermaid'))
        : markdownHtml(plan.name, planTree(document, 'list')),
    suggestedName,
  }
}
