/** What of the console stands in the address. Pure. */
export interface CompanySearch {
  readonly q?: string;
  readonly sort?: string;
  readonly page?: number;
  /** The record that is open beside the list. */
  readonly id?: string;
  /** A new record is being made. */
  readonly make?: true;
  /** Of the audit log. */
  readonly kind?: string;
  readonly since?: string;
}

export const pageSize = 100;

/** parseCompany keeps what makes sense of an address that anyone may have typed. */
export function parseCompany(raw: Record<string, unknown>): CompanySearch {
  const text = (name: string) => {
    const value = raw[name];
    const words = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    return words === "" ? {} : { [name]: words };
  };
  const page = typeof raw.page === "number" && Number.isInteger(raw.page) && raw.page > 1 ? { page: raw.page } : {};
  const make = raw.make === true ? { make: true as const } : {};
  const since = /^\d{4}-\d{2}-\d{2}$/.test(String(raw.since)) ? { since: String(raw.since) } : {};
  return { ...text("q"), ...text("sort"), ...text("id"), ...text("kind"), ...page, ...make, ...since };
}

/** listing is what the server is asked for. */
export function listing({ q, sort, page = 1 }: CompanySearch) {
  return { q: q ?? "", sort: sort ?? "title", offset: (page - 1) * pageSize, limit: pageSize };
}

/** listOnly is the address of the list without what is open beside it. */
export function listOnly({ q, sort, page }: CompanySearch): CompanySearch {
  return { ...(q !== undefined && { q }), ...(sort !== undefined && { sort }), ...(page !== undefined && { page }) };
}
