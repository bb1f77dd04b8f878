import type { Locator, Page } from '@playwright/test'

/** The ratio that WCAG 2 requires for text of this size (success criterion 1.4.3). */
export const LEAST_CONTRAST = 4.5

/** Disabled controls. axe skips them, but people read them. */
const DISABLED = ':disabled, [data-disabled="true"], [aria-disabled="true"]'

/** Texts of disabled controls on the page whose contrast is too low, each with its ratio. */
export async function paleDisabledTexts(page: Page): Promise<readonly string[]> {
  const texts = await contrasts(page.locator(DISABLED))
  return texts
    .filter(({ ratio }) => ratio < LEAST_CONTRAST)
    .map(({ text, ratio }) => `${text}: ${ratio.toFixed(2)} : 1`)
}

/** The contrast of every text in elements, as it is seen: with all opacities and backgrounds. */
export function contrasts(elements: Locator): Promise<readonly { readonly text: string; readonly ratio: number }[]> {
  return elements.evaluateAll((roots) => {
    type Colour = readonly [number, number, number, number]
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const colour = (css: string): Colour => {
      if (context === null) throw new Error('This browser has no canvas.')
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = css
      context.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data
      return [r, g, b, a / 255]
    }
    const over = (below: Colour, [r, g, b, a]: Colour, opacity = 1): Colour => {
      const mix = (from: number, to: number): number => from + (to - from) * a * opacity
      return [mix(below[0], r), mix(below[1], g), mix(below[2], b), 1]
    }
    /** The colours of background and text after an element and its descendants are painted over the background. */
    const paint = ([element, ...inner]: readonly Element[], below: Colour): readonly [Colour, Colour] => {
      if (element === undefined) return [below, below]
      const style = getComputedStyle(element)
      const ground = over(below, colour(style.backgroundColor))
      const [back, front] = inner.length > 0 ? paint(inner, ground) : [ground, over(ground, colour(style.color))]
      const opacity = Number(style.opacity)
      return [over(below, back, opacity), over(below, front, opacity)]
    }
    const luminance = ([r, g, b]: Colour): number => {
      const linear = (value: number): number => {
        const part = value / 255
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      }
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
    const chain = (element: Element | null): Element[] =>
      element === null ? [] : [...chain(element.parentElement), element]
    const toText = (element: Element): string =>
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? element.value.trim()
        : [...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.textContent?.trim())
            .join('')
    const all = new Set(roots.flatMap((root) => [root, ...root.querySelectorAll('*')]))
    return [...all].flatMap((element) => {
      const text = toText(element)
      const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      if (text === '' || !isSeen || element.matches('[type=checkbox], [type=radio]')) return []
      const [back, front] = paint(chain(element), [255, 255, 255, 1]).map(luminance)
      const [light = 0, dark = 0] = [back ?? 0, front ?? 0].toSorted((a, b) => b - a)
      return [{ text, ratio: (light + 0.05) / (dark + 0.05) }]
    })
  })
}
