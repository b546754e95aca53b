// Highlighting, folding and indentation by the name of a file.
import { json } from "@codemirror/lang-json";
import { python } from "@codemirror/lang-python";
import { autoCloseTags, xmlLanguage } from "@codemirror/lang-xml";
import type { Extension } from "@codemirror/state";
import { extensionOf } from "../content";
import { csv } from "./csv_language";
import { properties } from "./properties_language";

export function languageOf(name: string): Extension {
  switch (extensionOf(name)) {
    case "xml":
    case "xsd":
    case "svg":
    case "html":
      return [xmlLanguage, autoCloseTags];
    case "json":
    case "ndjson":
      return json();
    case "csv":
    case "tsv":
      return csv;
    case "py":
      return python();
    case "properties":
      return properties;
    default:
      return [];
  }
}
