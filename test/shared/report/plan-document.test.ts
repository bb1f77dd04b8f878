import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toProblems } from '../../../shared/domain/plans/check/check.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { planFromTemplate } from '../../../shared/domain/plans/templates.ts'
import { markdownHtml } from '../../../shared/report/markdown-html.ts'
import { markdownTree } from '../../../shared/report/markdown-text.ts'
import { planTree } from '../../../shared/report/plan-document.ts'
import { anyPlan } from '../domain/plans/any-plan.ts'
import { getLabels } from './mermaid.ts'

/** What the exercise expects, according to its solution. */
const PROJECTS = ['Product-Prod', 'Product-Dev', 'Analytics-Prod', 'Analytics-Dev', 'Research']
const KEYS = [
  'prod-chatbot-backend',
  'prod-chatbot-realtime',
  'dev-chatbot-local',
  'staging-chatbot-ci',
  'prod-analytics-pipeline',
  'dev-analytics-notebook',
  'research-experiments',
]
const ROLES = [
  ['CTO', 'Owner', 'All'],
  ['Eng Manager', 'Admin', 'All'],
  ['Product Dev', 'Member', 'Product-Prod, Product-Dev'],
  ['Data Scientist', 'Member', 'Analytics-Prod, Analytics-Dev'],
  ['Researcher', 'Member', 'Research only'],
  ['Finance', 'Reader', 'None (usage viewing)'],
]
const EXAMPLES = ['prod-product-backend', 'staging-product-ci', 'dev-analytics-notebook', 'research-llm-experiments']
const ATTRIBUTION = [
  'Each key is named for its purpose → easy dashboard tracking',
  'Internal tracker logs: feature, user_id, request_id',
  'Weekly reports by project sent to team leads',
  'Monthly rollup to finance by organization total',
]

function document(plan: Plan): Root {
  return planTree({ title: 'Exercise', version: 1, plan, problems: toProblems(plan) }, 'mermaid')
}

function markdown(plan: Plan): string {
  return markdownTree(document(plan))
}

const read = (text: string): Root => fromMarkdown(text, { mdastExtensions: [gfmFromMarkdown()], extensions: [gfm()] })

interface Node {
  readonly type: string
  readonly value?: string | undefined
  readonly lang?: string | null | undefined
  readonly children?: readonly Node[]
}

function toText(node: Node): string {
  return node.value ?? (node.children ?? []).map(toText).join('')
}

function all(node: Node, type: string): Node[] {
  return [...(node.type === type ? [node] : []), ...(node.children ?? []).flatMap((child) => all(child, type))]
}

describe('the document of the exercise', () => {
  const tree = read(markdown(planFromTemplate('exercise')))
  const rows = all(tree, 'tableRow').map((row) => (row.children ?? []).map(toText))

  it('draws the organization, its projects and their keys, like the solution, and mermaid reads it', async () => {
    const [diagram, ...others] = all(tree, 'code').filter(({ lang }) => lang === 'mermaid')
    expect(others).toEqual([])
    const labels = await getLabels(diagram?.value ?? '')
    expect(labels[0]).toBe('Acme Corp Organization')
    expect(labels.filter((label) => label.startsWith('Project: '))).toEqual(PROJECTS.map((name) => `Project: ${name}`))
    expect(labels.filter((label) => KEYS.includes(label))).toEqual(KEYS)
    expect(labels).toHaveLength(1 + PROJECTS.length + KEYS.length)
  })

  it('lists every project, role assignment and key', () => {
    expect(rows.map(([first]) => first)).toEqual(expect.arrayContaining([...PROJECTS, ...KEYS]))
    expect(rows.map((row) => row.slice(0, 3))).toEqual(expect.arrayContaining(ROLES))
    expect(rows.find(([key]) => key === 'staging-chatbot-ci')?.slice(1, 3)).toEqual(['Product-Dev', 'staging'])
  })

  it('contains the naming convention with its examples, and the attribution strategy', () => {
    expect(all(tree, 'code').map(toText)).toContain('{environment}-{team}-{purpose}')
    const items = all(tree, 'listItem').map(toText)
    expect(items).toEqual(expect.arrayContaining([...EXAMPLES, ...ATTRIBUTION]))
  })

  it('shows what a role becomes at the provider, and the review checklist', () => {
    expect(rows).toContainEqual(['Eng Manager', 'Admin', 'All', 'OpenAI: owner'])
    expect(rows).toContainEqual(['Review role assignments', 'Quarterly', 'Demote over-privileged users'])
    expect(rows).toContainEqual(['Remove former employees', 'Immediately', 'Revoke all access'])
  })
})

describe('the document of any plan', () => {
  it('is Markdown that reads back with the same tables and rows, and no HTML', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const written = document(plan)
        const back = read(markdown(plan))
        expect(all(back, 'tableRow')).toHaveLength(all(written, 'tableRow').length)
        expect(all(back, 'heading')).toHaveLength(all(written, 'heading').length)
        expect(all(back, 'code')).toHaveLength(all(written, 'code').length)
        // Readers turn addresses into links, escaped or not; the links lead to the address that they show.
        for (const type of ['html', 'image', 'definition']) expect(all(back, type)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('is HTML in which no name becomes an element, and runs nothing', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const tree = planTree({ title: 'Exercise', version: 1, plan, problems: toProblems(plan) }, 'list')
        const html = markdownHtml(plan.name, tree)
        expect(html).not.toMatch(/<script/u)
        expect(html).toContain('content="default-src &#x27;none&#x27;')
      }),
      { numRuns: 50 },
    )
  })

  it('shows the structure as lists in HTML, where no viewer draws a diagram', () => {
    const plan = planFromTemplate('exercise')
    const html = markdownHtml(plan.name, planTree({ title: 'E', version: 1, plan, problems: [] }, 'list'))
    expect(html).toContain('<li>prod-chatbot-backend</li>')
    expect(html).not.toContain('flowchart')
  })
})
