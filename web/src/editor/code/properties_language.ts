// Java's properties: name=value, and comments.
import { StreamLanguage } from "@codemirror/language";

export const properties = StreamLanguage.define<{ isValue: boolean }>({
  name: "properties",
  startState: () => ({ isValue: false }),
  token(stream, state) {
    if (stream.sol()) state.isValue = false;
    if (stream.eatSpace()) return null;
    if (!state.isValue && /[#!]/.test(stream.peek() ?? "")) {
      stream.skipToEnd();
      return "comment";
    }
    if (!state.isValue && /[=:]/.test(stream.peek() ?? "")) {
      stream.next();
      state.isValue = true;
      return "separator";
    }
    if (state.isValue) {
      stream.skipToEnd();
      return "string";
    }
    stream.eatWhile(/[^=:\s]/);
    return "propertyName";
  },
});
