import type { Nodes } from 'mdast'

/**
 * The text that a Markdown node shows, as its writer meant it: emphasis and code without their markers, `<br>` as a
 * line feed, an address in angle brackets with them, other HTML as written, since it is text to a register.
 */
export function plainText(node: Nodes, source: string): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'html') return /^<br\s*\/?>$/iu.test(node.value) ? '\n' : node.value
  if (node.type === 'break') return '\n'
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? ''
  if (node.type === 'footnoteReference') return `[^${node.label ?? node.identifier}]`
  if (node.type === 'link') return linkText(node, source)
  return 'children' in node ? node.children.map((child) => plainText(child, source)).join('') : ''
}

function linkText(link: Nodes & { readonly type: 'link' }, source: string): string {
  const text = link.children.map((child) => plainText(child, source)).join('')
  const sign = source[link.position?.start.offset ?? -1]
  if (sign === '<') return `<${text}>`
  // `[Jane Smith](mailto:jane@acme.example)` names both; other links only point somewhere.
  const address = sign === '[' ? /^mailto:([^?]+)/iu.exec(link.url)?.[1] : undefined
  return address === undefined || text.includes(address) ? text : `${text} <${address}>`
}
