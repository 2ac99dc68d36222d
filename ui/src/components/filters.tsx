import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { SearchIcon } from "./icons.tsx";
import { enumLabel } from "./words.ts";

/** Filters that live in the address, so that a filtered list can be linked to and comes back after a reload. */
export function useFilters<Name extends string>(
  defaults: Readonly<Record<Name, string>>,
): [Record<Name, string>, (changed: Partial<Record<Name, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const names = Object.keys(defaults) as Name[];
  const filters = Object.fromEntries(names.map((name) => [name, search.get(name) ?? defaults[name]])) as Record<
    Name,
    string
  >;
  const setFilters = (changed: Partial<Record<Name, string>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const name of Object.keys(changed) as Name[]) {
          const value = changed[name];
          if (value === undefined || value === defaults[name]) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return [filters, setFilters];
}

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A search field that waits until the typing pauses. */
export function SearchField({ label, placeholder = label, value, onChange }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback((text: string) => onChange(text.trim()), 300);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<SearchIcon />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        search(currentTarget.value);
      }}
      w={{ base: "100%", xs: 280 }}
    />
  );
}

interface ChoiceProps {
  label: string;
  /** Values of one enum of the contract. */
  values: readonly string[];
  prefix: string;
  value: string;
  onChange: (value: string) => void;
}

/** A filter by one value of an enum; the first choice is no filter. */
export function ChoiceField({ label, values, prefix, value, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: "", label: `${label}: any` },
        ...values.map((one) => ({ value: one, label: enumLabel(one, prefix) })),
      ]}
    />
  );
}
