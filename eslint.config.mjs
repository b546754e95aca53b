// Static analysis of the page and of the tests in the browser. Layout is prettier's.
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["web/src/api/schema.d.ts", "web/dist/**", "build*/**", "node_modules/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["web/src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "no-eval": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "names, logs and contents of files are shown as text",
        },
        { selector: "AssignmentExpression > MemberExpression[property.name='innerHTML']", message: "as above" },
      ],
    },
  },
);
