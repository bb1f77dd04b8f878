import DOMPurify from 'dompurify'
import mermaid from 'mermaid'

/**
 * Mermaid's own reading of a flowchart, in Node: it cleans labels with a library that wants a window and does nothing
 * without one, so that it is given two methods that leave labels as they are. Throws where the text is no diagram.
 */
export async function getLabels(diagram: string): Promise<string[]> {
  if (!DOMPurify.isSupported) Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text })
  mermaid.initialize({ securityLevel: 'loose' })
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram)
  const vertices = (db as unknown as { getVertices: () => Map<string, { readonly text?: string }> }).getVertices()
  return [...vertices.values()].map(({ text = '' }) => decoded(text))
}

/** Entities are kept by mermaid in a form of its own until it draws. */
function decoded(label: string): string {
  return label
    .replaceAll('ﬂ°°', '&#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';')
    .replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
}
