// Text of a file or a sample as it is: never as markup. Scrolls inside itself, by keyboard too.
import { Box } from "@mantine/core";
import classes from "./code_block.module.css";

export function CodeBlock({ text, label, maxHeight = 360 }: { text: string; label: string; maxHeight?: number }) {
  return (
    <Box component="pre" className={classes.code} mah={maxHeight} tabIndex={0} role="region" aria-label={label}>
      {text}
    </Box>
  );
}
