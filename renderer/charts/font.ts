/** The window's letters, for a canvas, which knows no variables: the whole list of faces, and the small size in px. */
export function chartFont(): { readonly family: string; readonly size: number } {
  const style = getComputedStyle(document.documentElement)
  return {
    family: style.getPropertyValue('--font-text'),
    size: Number.parseFloat(style.getPropertyValue('--size-small')),
  }
}
