import { useEffect, useId, useRef, useSyncExternalStore } from 'react'

/** An action of the open panel or page on the thing that it shows, for the palette. */
export interface OfferedAction {
  /** A verb and its object, such as `Mark prod-web rotated`. */
  readonly label: string
  /** Other words for it. */
  readonly words?: string
  readonly run: () => void
}

interface Offer extends OfferedAction {
  readonly id: string
}

let offers: readonly Offer[] = []
const listeners = new Set<() => void>()

function setOffers(next: readonly Offer[]): void {
  offers = next
  for (const listener of listeners) listener()
}

/** Offers actions to the palette for as long as the component is mounted. */
export function useOfferedActions(actions: readonly OfferedAction[]): void {
  const id = useId()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const labels = JSON.stringify(actions.map(({ label, words = '' }) => [label, words]))
  useEffect(() => {
    const own = (JSON.parse(labels) as readonly [string, string][]).map(([label, words], at): Offer => ({
      id: `${id}${at}`,
      label,
      words,
      // The action of the last rendering, so that a new closure alone does not change the offers.
      run: () => latest.current[at]?.run(),
    }))
    setOffers([...offers, ...own])
    return () => setOffers(offers.filter((offer) => !own.includes(offer)))
  }, [id, labels])
}

/** The actions that are offered now, in the order of their offering. */
export function useOffers(): readonly Offer[] {
  return useSyncExternalStore(subscribe, read, read)
}

const read = (): typeof offers => offers

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
