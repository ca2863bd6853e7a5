import type { Contact, Person } from "../api/types.ts";

/** Entry is one line of the page: a colleague or a contact. */
export interface Entry {
  readonly kind: "user" | "contact";
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** Numbers that can be called, the first by a double click; of colleagues the extension. */
  readonly numbers: readonly string[];
  readonly person?: Person;
  readonly contact?: Contact;
}

export interface Groups {
  readonly favourites: readonly Entry[];
  readonly colleagues: readonly Entry[];
  readonly contacts: readonly Entry[];
}

interface Known {
  people: readonly Person[];
  contacts: readonly Contact[];
  favourites: { readonly users: readonly string[]; readonly contacts: readonly Contact[] };
  /** The viewer, who does not call themselves. */
  me: string;
}

const ofPerson = (person: Person): Entry => ({
  kind: "user",
  id: person.user,
  name: person.name,
  detail: person.extension ?? "",
  numbers: person.extension ? [person.extension] : [],
  person,
});

const ofContact = (contact: Contact): Entry => ({
  kind: "contact",
  id: contact.id,
  name: contact.fields.name,
  detail: contact.fields.company ?? "",
  numbers: contact.fields.numbers ?? [],
  contact,
});

/** plain is a text as it is compared: without case and accents. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** matches looks for every word in names and details, and for digits in numbers however they are written. */
export function matches(entry: Entry, search: string): boolean {
  const { person, contact } = entry;
  const about = [person?.presence.name, person?.presence.text, contact?.fields.email, contact?.fields.note];
  const text = plain([entry.name, entry.detail, ...about].join(" "));
  if (
    plain(search)
      .split(/\s+/)
      .every((word) => text.includes(word))
  )
    return true;
  const digits = search.replace(/\D/g, "").replace(/^0+/, "");
  const number = /^[\d\s+().\-/]+$/.test(search.trim()) && digits !== "";
  return number && entry.numbers.some((one) => one.replace(/\D/g, "").includes(digits));
}

/** groups sorts everybody whom a search finds into favourites, colleagues and contacts; a favourite stands there only. */
export function groups({ people, contacts, favourites, me }: Known, search: string): Groups {
  const liked = new Set([...favourites.users, ...favourites.contacts.map(({ id }) => id)]);
  const found = (entry: Entry) => matches(entry, search);
  const colleagues = people.filter(({ user }) => user !== me).map(ofPerson);
  const known = new Map(contacts.map((contact) => [contact.id, contact]));
  const chosen = [
    ...colleagues.filter(({ id }) => liked.has(id)),
    ...favourites.contacts.map((contact) => ofContact(known.get(contact.id) ?? contact)),
  ];
  return {
    favourites: chosen.filter(found).toSorted((a, b) => a.name.localeCompare(b.name)),
    colleagues: colleagues.filter((entry) => !liked.has(entry.id) && found(entry)),
    contacts: contacts.map(ofContact).filter((entry) => !liked.has(entry.id) && found(entry)),
  };
}

/** digitsOf is what the server is asked for: a number as it is stored, without blanks and trunk prefix, or the text. */
export function digitsOf(search: string): string {
  const text = search.trim();
  return /^[\d\s+().\-/]+$/.test(text) ? text.replace(/\D/g, "").replace(/^0+/, "") : text;
}
