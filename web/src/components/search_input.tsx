import { TextInput, type TextInputProps } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

// Where a list is searched; `label` names it and stands in it while it is empty.
export function SearchInput(
  props: Omit<TextInputProps, "onChange"> & { label: string; onChange: (text: string) => void },
) {
  const { label, onChange, ...rest } = props;
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      type="search"
      leftSection={<IconSearch size={16} />}
      maw={420}
      {...rest}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
