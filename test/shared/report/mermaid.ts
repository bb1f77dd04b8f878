import DOMPurify from 'dompurify'
import mermaid from 'mermaid'

/**
 * Mermaid's own parser of a flowchart, in Node: it cleans labels with a library that needs a window and does nothing
 * without one, so this replaces two of its methods by ones that leave labels unchanged. Throws if the text is not a
 * diagram.
 */
export async function getLabels(diagram: string): Promise<string[]> {
  if (!DOMPurify.isSupported) Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text })
  mermaid.initialize({ securityLevel: 'loose' })
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram)
  const vertices = (db as unknown as { getVertices: () => Map<string, { readonly text?: string }> }).getVertices()
  return [...vertices.values()].map(({ text = '' }) => decoded(text))
}

/** Mermaid keeps entities in a form of its own until it draws. */
function decoded(label: string): string {
  return label
    .replaceAll('ﬂ°°', '&#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';')
    .replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
}
