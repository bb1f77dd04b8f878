import type { Page } from '@playwright/test'

/** The least width and height of a target, in CSS pixels (WCAG 2.2, success criterion 2.5.8). */
const LEAST = 24

const INTERACTIVE =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, ' +
  ['button', 'checkbox', 'link', 'menuitem', 'option', 'radio', 'switch', 'tab']
    .map((role) => `[role="${role}"]`)
    .join(', ')

/**
 * Targets on the page that are too small and too near to another one, each with its size. As in the criterion, a link
 * within a sentence is left out, a small target is allowed when a circle of 24 pixels around its centre touches neither
 * another target nor the circle of another small one, and the label of a field belongs to its target.
 */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    ({ least, interactive }) => {
      interface Target {
        readonly element: Element
        readonly left: number
        readonly top: number
        readonly right: number
        readonly bottom: number
      }
      const isSeen = (element: Element): boolean =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        element.closest('[inert], [aria-hidden="true"]') === null
      /** The part of a box that its scrolled or clipping parents show. */
      const toTarget = (element: Element): Target | null => {
        const parts = [element, ...(element instanceof HTMLInputElement ? (element.labels ?? []) : [])].map((part) =>
          part.getBoundingClientRect(),
        )
        const box = {
          left: Math.min(...parts.map(({ left }) => left)),
          top: Math.min(...parts.map(({ top }) => top)),
          right: Math.max(...parts.map(({ right }) => right)),
          bottom: Math.max(...parts.map(({ bottom }) => bottom)),
        }
        // What a dialog or another part covers cannot be hit.
        const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
        const isHit = hit !== null && [element, ...labels].some((part) => part.contains(hit) || hit.contains(part))
        const inView = isHit && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight
        return inView && box.right - box.left > 1 && box.bottom - box.top > 1 ? { element, ...box } : null
      }
      const isInSentence = (element: Element): boolean => {
        if (!element.matches('a, button') || getComputedStyle(element).display !== 'inline') return false
        const around = [...(element.parentElement?.childNodes ?? [])]
        return around.some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim().length > 1)
      }
      const found = [...document.querySelectorAll(interactive)].filter(isSeen)
      // Of a control inside another one, such as the icon in a field, both are targets; a label is none of its own.
      const targets = found.map(toTarget).filter((target) => target !== null)
      const isSmall = ({ left, top, right, bottom }: Target): boolean => right - left < least || bottom - top < least
      const centre = ({ left, top, right, bottom }: Target): readonly [number, number] => [
        (left + right) / 2,
        (top + bottom) / 2,
      ]
      const isNear = (target: Target, other: Target): boolean => {
        if (other.element.contains(target.element) || target.element.contains(other.element)) return false
        const [x, y] = centre(target)
        if (isSmall(other)) {
          const [ox, oy] = centre(other)
          return Math.hypot(x - ox, y - oy) < least - 0.5
        }
        const dx = Math.max(other.left - x, 0, x - other.right)
        const dy = Math.max(other.top - y, 0, y - other.bottom)
        return Math.hypot(dx, dy) < least / 2 - 0.5
      }
      return targets
        .filter((target) => isSmall(target) && !isInSentence(target.element))
        .filter((target) => targets.some((other) => other !== target && isNear(target, other)))
        .map(({ element, left, top, right, bottom }) => {
          const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
          return `${element.tagName.toLowerCase()} “${name}”: ${Math.round(right - left)} × ${Math.round(bottom - top)}`
        })
    },
    { least: LEAST, interactive: INTERACTIVE },
  )
}
