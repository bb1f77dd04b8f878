import type { Page } from '@playwright/test'

/** Texts that carry meaning, by the element that shows them: times, statuses and severities, names of clients. */
const MEANING = 'time, .c-status, .c-client-mark'

/**
 * Texts with meaning that are cut on the page, each with where: a box around it that hides what is too wide ends before
 * the text does. What is scrolled out of view is not cut.
 */
export function cutTexts(page: Page): Promise<readonly string[]> {
  return page.locator(MEANING).evaluateAll((elements) => {
    /** Rounding of fractions of pixels. */
    const SLACK = 1.5
    const hides = (style: CSSStyleDeclaration): boolean => ['hidden', 'clip'].includes(style.overflowX)
    const getBounds = (element: Element): DOMRect => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return range.getBoundingClientRect()
    }
    const findBox = (from: Element, { left, right }: DOMRect): Element | null => {
      for (let box: Element | null = from; box !== null && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box)
        if (['auto', 'scroll'].includes(style.overflowX)) return null
        const edge = box.getBoundingClientRect()
        if (hides(style) && (right > edge.right + SLACK || left < edge.left - SLACK)) return box
      }
      return null
    }
    return elements.flatMap((element) => {
      const text = element.textContent.trim()
      if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return []
      const bounds = getBounds(element)
      if (bounds.width <= 1 || bounds.height <= 1) return []
      const box = findBox(element, bounds)
      if (box === null) return []
      const column = box.closest('[role="gridcell"], td')?.getAttribute('aria-colindex')
      return [`“${text}” in ${box.className || box.tagName}${column ? `, column ${column}` : ''}`]
    })
  })
}
