import { capitalize } from '../domain/capitalize.ts'
import { sameName } from '../domain/text/names.ts'
import type { Plan, PlannedOrganization, PlannedProject } from '../domain/plans/plan.ts'
import { providerFacts } from '../domain/providers/providers.ts'
import { said } from '../domain/text/said.ts'

/** Code hosts do not draw diagrams with more connections (mermaid draws 500 unless it is configured otherwise). */
const MOST_EDGES = 400

/** A diagram, and the same as lines with their depth, for viewers that do not draw it. */
export interface PlanDiagram {
  readonly title: string
  readonly mermaid: string
  readonly outline: readonly OutlineLine[]
}

export interface OutlineLine {
  readonly depth: number
  readonly text: string
}

/**
 * The structure of each organization: its projects and their keys. One that is too large is drawn without keys; one
 * that is still too large is not drawn.
 */
export function structureDiagrams(plan: Plan): readonly PlanDiagram[] {
  return plan.organizations.flatMap((organization) => {
    const projects = plan.projects.filter((project) => sameName(project.organization, organization.name))
    const edges = projects.reduce((sum, { keys }) => sum + 1 + keys.length, 0)
    if (projects.length > MOST_EDGES) return []
    return [structure(organization, projects, edges <= MOST_EDGES)]
  })
}

function structure(
  organization: PlannedOrganization,
  projects: readonly PlannedProject[],
  hasKeys: boolean,
): PlanDiagram {
  const prefix = capitalize(providerFacts(organization.provider).projectWord)
  return diagram(`Structure of ${organization.name}`, {
    text: `${organization.name} Organization`,
    below: projects.map(({ name, keys }) => ({
      text: name,
      prefix: `${prefix}: `,
      below: hasKeys ? keys.map((key) => ({ text: key.name, below: [] })) : [],
    })),
  })
}

/** The reasons for several organizations; null if there is only one. */
export function isolationDiagram({ name, organizations }: Plan): PlanDiagram | null {
  if (organizations.length < 2 || organizations.length * 2 > MOST_EDGES) return null
  return diagram(`Isolation at ${name}`, {
    text: name,
    below: organizations.map((organization) => ({
      text: organization.name,
      prefix: 'Org: ',
      below: organization.reason === null ? [] : [{ text: organization.reason, below: [] }],
    })),
  })
}

interface Branch {
  readonly text: string
  /** Text before it: our own words, which need no escaping. */
  readonly prefix?: string
  readonly below: readonly Branch[]
}

function diagram(title: string, root: Branch): PlanDiagram {
  const nodes: string[] = []
  const edges: string[] = []
  const outline: OutlineLine[] = []
  const add = ({ text, prefix = '', below }: Branch, depth: number): string => {
    const id = `n${nodes.length}`
    nodes.push(`    ${id}["${prefix}${mermaidText(text)}"]`)
    outline.push({ depth, text: `${prefix}${text}` })
    for (const branch of below) edges.push(`    ${id} --> ${add(branch, depth + 1)}`)
    return id
  }
  add(root, 0)
  return { title, mermaid: ['flowchart TD', ...nodes, ...edges].join('\n'), outline }
}

/**
 * Characters that need no escaping inside quotes: letters, digits and marks that mermaid, HTML and Markdown leave
 * alone.
 */
const CARE = /[^\p{L}\p{M}\p{N} _.,()/+=@’–-]/gu

/**
 * A name between the quotes of a mermaid label. Every character that could end the label, or has a meaning in mermaid,
 * HTML or Markdown, is written by its number (`#34;`), which mermaid converts back.
 */
export function mermaidText(text: string): string {
  const line = said(text).replaceAll(/\s+/gu, ' ').trim()
  // A label of one number and a point would be a list to Markdown.
  return line === '' ? '–' : line.replaceAll(CARE, (sign) => `#${sign.codePointAt(0)};`)
}
