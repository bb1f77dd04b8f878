import { useClients } from '../../data/use-clients.ts'
import { visibleText } from '../../ui/text.ts'

/** The name of a client by its slug, for people; null for a client that this register has not read. */
export function useClientNames(): (slug: string | null) => string | null {
  const clients = useClients()
  return (slug) => {
    const name = clients.find((client) => client.slug === slug)?.name ?? slug
    return name === null ? null : visibleText(name)
  }
}
