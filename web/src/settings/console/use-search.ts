import { useNavigate, useSearch } from "@tanstack/react-router";
import type { CompanySearch } from "./search.ts";

/** useCompanySearch is what stands in the address, and how to change it. */
export function useCompanySearch(): [CompanySearch, (next: CompanySearch) => void] {
  const search = useSearch({ from: "/desk/settings/company/$area" });
  const navigate = useNavigate({ from: "/settings/company/$area" });
  return [search, (next) => void navigate({ search: next })];
}
